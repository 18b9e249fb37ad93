import CANFrames
import CANInterfaces
import Testing

@Suite("A bus inside the process")
struct LoopbackBusTests {
  static func frame(_ number: Int, bus: UInt8 = 0) -> CANFrame {
    CANFrame(
      timestamp: Int64(number), identifier: .standard(0x351), payload: UInt64(number), length: 8,
      bus: bus)
  }

  @Test("gives frames and events to every source, in their order")
  func givesToAll() throws {
    let bus = LoopbackBus(names: ["house", "start"])
    var source = try bus.makeSource()
    var other = try bus.makeSource()
    let event = BusEvent(.interfaceDown, timestamp: 1, bus: 1)
    bus.deliver(Self.frame(0))
    bus.deliver(event)
    bus.deliver(Self.frame(1, bus: 1))
    bus.close()
    let (first, state) = try readAll(&source)
    let second = try readAll(&other).batch
    #expect(state == .ended)
    #expect(first.frames == [Self.frame(0), Self.frame(1, bus: 1)])
    #expect(first.events.map(\.event) == [event])
    #expect(first.events.map(\.position) == [1])
    #expect(second.frames == first.frames)
    #expect(second.events == first.events)
    #expect(source.buses[1] == "start")
  }

  @Test("counts what a source that lags has lost, after what it still got")
  func countsLosses() throws {
    let bus = LoopbackBus(names: ["house", "start"])
    var source = try bus.makeSource(capacity: 3)
    for number in 0..<8 { bus.deliver(Self.frame(number, bus: number == 5 ? 1 : 0)) }
    var batch = FrameBatch()
    #expect(try source.read(into: &batch, waitingMilliseconds: 0) == .open)
    #expect(batch.frames.map(\.payload) == [0, 1, 2])
    #expect(
      batch.events.map(\.event) == [
        BusEvent(.framesDropped(4), timestamp: 7, bus: 0),
        BusEvent(.framesDropped(1), timestamp: 5, bus: 1),
      ])
    #expect(batch.events.map(\.position) == [3, 3])
    batch.removeAll()
    bus.deliver(Self.frame(8))
    #expect(try source.read(into: &batch, waitingMilliseconds: 0) == .open)
    #expect(batch.frames.map(\.payload) == [8])
    #expect(batch.events.isEmpty)
  }

  @Test("keeps its events in place when frames are lost around them")
  func placesEvents() throws {
    let bus = LoopbackBus()
    var source = try bus.makeSource(capacity: 1)
    for number in 0..<3 { bus.deliver(Self.frame(number)) }
    bus.deliver(BusEvent(.interfaceDown, timestamp: 3, bus: 0))
    bus.deliver(Self.frame(4))
    var batch = FrameBatch()
    _ = try source.read(into: &batch, waitingMilliseconds: 0)
    #expect(
      batch.events.map(\.event.kind) == [.framesDropped(2), .interfaceDown, .framesDropped(1)])
  }

  @Test("has nothing for a source that came later")
  func startsEmpty() throws {
    let bus = LoopbackBus()
    bus.deliver(Self.frame(0))
    var source = try bus.makeSource()
    var batch = FrameBatch()
    #expect(try source.read(into: &batch, waitingMilliseconds: 1) == .open)
    #expect(batch.isEmpty)
  }

  @Test("does without a source that was dropped")
  func forgetsDropped() throws {
    let bus = LoopbackBus()
    do { _ = try bus.makeSource() }
    bus.deliver(Self.frame(0))
    var source = try bus.makeSource()
    bus.deliver(Self.frame(1))
    var batch = FrameBatch()
    _ = try source.read(into: &batch, waitingMilliseconds: 0)
    #expect(batch.frames == [Self.frame(1)])
  }

  @Test("wakes a source that waits", .timeLimit(.minutes(3)))
  func wakes() throws {
    let bus = LoopbackBus()
    var source = try bus.makeSource()
    inBackground(afterMilliseconds: 50) { bus.deliver(Self.frame(0)) }
    var batch = FrameBatch()
    #expect(try source.read(into: &batch, waitingMilliseconds: -1) == .open)
    #expect(batch.frames.count == 1)
    inBackground(afterMilliseconds: 50) { bus.close() }
    #expect(try source.read(into: &batch, waitingMilliseconds: -1) == .ended)
  }

  @Test("lets go of a source that is told to stop, with what it got before")
  func stops() throws {
    let stop = try WakeSignal()
    let bus = LoopbackBus()
    var source = try bus.makeSource(stop: stop.descriptor)
    bus.deliver(Self.frame(0))
    stop.raise()
    var batch = FrameBatch()
    #expect(try source.read(into: &batch, waitingMilliseconds: -1) == .stopped)
    #expect(batch.frames.count == 1)
  }

  @Test("loses nothing between threads", .timeLimit(.minutes(3)))
  func isSafe() throws {
    let bus = LoopbackBus()
    var source = try bus.makeSource(capacity: 100_000)
    for thread in 0..<4 {
      inBackground {
        for number in 0..<5000 { bus.deliver(Self.frame(thread * 5000 + number)) }
      }
    }
    var batch = FrameBatch()
    while batch.frames.count < 20_000 {
      try #require(try source.read(into: &batch, waitingMilliseconds: 10_000) == .open)
    }
    #expect(Set(batch.frames.map(\.payload)) == Set(0..<20_000))
    for thread in 0..<4 {
      let own = batch.frames.map(\.payload).filter { $0 / 5000 == UInt64(thread) }
      #expect(own == own.sorted())
    }
  }
}
