import BatteryModel
import Publishers
import Testing

@Suite("The box between a battery and a server", .timeLimit(.minutes(3)))
struct UpdateMailboxTests {
  private func update(_ now: Int64) -> BatteryUpdate {
    BatteryUpdate(snapshot: BatterySnapshot(), now: now, time: now)
  }

  /// When the update that came was made; on a busy machine it may have aged on its way.
  private func seconds(_ delivery: UpdateMailbox.Delivery) -> Int64? {
    if case .update(let update, _) = delivery { update.now / 1_000_000_000 } else { nil }
  }

  @Test("holds the newest update and counts those that were missed")
  func holdsNewest() async {
    let box = UpdateMailbox()
    for second in Int64(1)...10 { box.put(update(second * 1_000_000_000)) }
    #expect(seconds(await box.next()) ?? 0 >= 10)
    #expect(box.missed == 9)
  }

  @Test("wakes a reader that waits")
  func wakes() async {
    let box = UpdateMailbox()
    async let first = box.next()
    box.put(update(5_000_000_000))
    #expect(seconds(await first) ?? 0 >= 5)
  }

  @Test("gives the newest update again to a new connection, and counts anew")
  func rewinds() async {
    let box = UpdateMailbox()
    box.interrupt()
    for second in Int64(1)...3 { box.put(update(second * 1_000_000_000)) }
    box.rewind()
    #expect(seconds(await box.next()) ?? 0 >= 3)
    #expect(box.missed == 0)
    box.rewind()
    #expect(seconds(await box.next()) ?? 0 >= 3)
  }

  @Test("lets an update age that lies there for long")
  func ages() async throws {
    let box = UpdateMailbox()
    var snapshot = BatterySnapshot()
    snapshot.record(.voltage, .number(13), time: 0, heard: 0)
    // What is told at 4.9 s is absent a moment later.
    box.put(BatteryUpdate(snapshot: snapshot, now: 4_900_000_000, time: 4_900_000_000))
    try await Task.sleep(for: .milliseconds(300))
    guard case .update(let update, _) = await box.next() else {
      Issue.record("no update")
      return
    }
    #expect(update.now > 5_000_000_000)
    #expect(update.now == update.time)
    #expect(update.snapshot.reading(of: .voltage, at: update.now) == nil)
  }

  @Test("can be read to its end")
  func finishes() async {
    let box = UpdateMailbox()
    box.put(update(1_000_000_000))
    box.finish()
    #expect(seconds(await box.next()) ?? 0 >= 1)
    for _ in 0..<2 {
      guard case .finished = await box.next() else {
        Issue.record("not finished")
        return
      }
    }
  }

  @Test("lets a cancelled reader go")
  func isCancelled() async {
    let box = UpdateMailbox()
    await withTaskGroup(of: Bool.self) { group in
      group.addTask { if case .finished = await box.next() { true } else { false } }
      group.cancelAll()
      let isFinished = await group.next()
      #expect(isFinished == true)
    }
  }
}
