/// The text of a frame's bus, which is mostly that of the frame before.
struct LastBus {
  private let texts: [ShortText]
  private var bus: UInt8 = 0
  private var word: UInt64 = 0
  private var count = 0

  init(_ texts: [ShortText]) {
    self.texts = texts
    if !texts.isEmpty { select(0) }
  }

  @inline(__always)
  mutating func put(_ bus: UInt8, to text: inout TextCursor) {
    if bus != self.bus { select(bus) }
    if count <= 8 { text.put(word, count: count) } else { texts[Int(bus)].put(to: &text) }
  }

  private mutating func select(_ bus: UInt8) {
    self.bus = bus
    word = texts[Int(bus)].word ?? 0
    count = texts[Int(bus)].count
  }
}
