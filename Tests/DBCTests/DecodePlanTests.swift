import CANFrames
import DBC
import Testing

@Suite("A DBC file compiled for decoding")
struct DecodePlanTests {
  @Test("finds a message by its identifier, of 11 bits or of 29")
  func messageIndex() throws {
    let plan = DecodePlan(
      try DBCFile(
        """
        BO_ 2147483649 Extended: 8 X
        BO_ 0 First: 8 X
        BO_ 2047 Last: 8 X
        BO_ 2684354559 Highest: 8 X
        BO_ 1 Standard: 8 X
        """))
    #expect(plan.messages.map(\.name) == ["Extended", "First", "Last", "Highest", "Standard"])
    for (index, message) in plan.messages.enumerated() {
      #expect(plan.messageIndex(for: message.identifier) == index)
    }
    #expect(plan.messageIndex(for: .standard(2)) == nil)
    for number: UInt32 in [0, 2047, 0x1FFF_FFFE] {
      let identifier = try #require(CANIdentifier(exactly: number, format: .extended))
      #expect(plan.messageIndex(for: identifier) == nil)
    }
  }

  @Test("numbers the signals of its messages in a row")
  func signals() throws {
    let plan = DecodePlan(
      try DBCFile(
        """
        BO_ 1 M: 3 X
         SG_ A : 0|8@1+ (1,0) [0|0] "V" X
         SG_ B : 8|8@1+ (1,0) [0|0] "A" X
        BO_ 2 Empty: 8 X
        BO_ 3 N: 8 X
         SG_ C : 0|8@1+ (1,0) [0|0] "" X
        """))
    #expect(plan.signals.map(\.name) == ["A", "B", "C"])
    #expect(plan.signals.map(\.unit) == ["V", "A", ""])
    #expect(plan.messages.map(\.signals) == [0..<2, 2..<2, 2..<3])
    #expect(plan.messages.map(\.length) == [3, 8, 8])
  }

  @Test(
    "takes from a short frame the signals that it contains",
    arguments: zip(
      [UInt8(0), 1, 2, 3, 8], [[], ["A"], ["A", "B"], ["A", "B", "C"], ["A", "B", "C"]]))
  func shortFrame(length: UInt8, names: [String]) throws {
    let plan = DecodePlan(
      try DBCFile(
        """
        BO_ 1 M: 3 X
         SG_ A : 0|8@1+ (1,0) [0|0] "" X
         SG_ B : 3|10@1+ (1,0) [0|0] "" X
         SG_ C : 0|10@0+ (1,0) [0|0] "" X
        """))
    #expect(plan.signals.filter { $0.isPresent(in: 0, length: length) }.map(\.name) == names)
  }

  @Test("names what it cannot decode")
  func omissions() throws {
    let file = try DBCFile(
      """
      BO_ 1 M: 8 X
       SG_ Half : 0|16@1- (1,0) [0|0] "" X
       SG_ Good : 0|16@1- (1,0) [0|0] "" X
      BO_ 2 Fast: 64 X
       SG_ S : 455|64@0+ (1,0) [0|0] "" X
      BO_ 3 Long: 1785 X
      BO_ 4 Nine: 9 X
      SIG_VALTYPE_ 1 Half : 1;
      """)
    let plan = DecodePlan(file)
    #expect(plan.signals.map(\.name) == ["Good"])
    #expect(plan.messages.map(\.name) == ["M"])
    #expect(
      plan.omissions == [
        "signal 'Half' of 'M' is marked as IEEE 754, which has 32 or 64 bits, but has 16",
        "message 'Fast' has 64 bytes: only CAN FD can carry it",
        "message 'Long' has 1785 bytes: no single frame can carry it",
        "message 'Nine' has 9 bytes: only CAN FD can carry it",
      ])
  }

  @Test("names what was changed since the file was checked")
  func changedFile() throws {
    var file = try DBCFile(
      """
      BO_ 1 M: 8 X
       SG_ A M : 0|8@1+ (1,0) [0|0] "" X
       SG_ B m1 : 8|8@1+ (1,0) [0|0] "" X
       SG_ C m1 : 8|8@1+ (1,0) [0|0] "" X
      """)
    file.messages[0].signals[0].startBit = 60
    file.messages[0].signals[1].selector?.signal = "Nothing"
    #expect(
      DecodePlan(file).omissions == [
        "signal 'A' of 'M' is not within eight bytes",
        "signal 'B' of 'M' depends on 'Nothing', which is not within eight bytes",
        "signal 'C' of 'M' depends on 'A', which is not within eight bytes",
      ])
  }

  @Test("builds frames that decode to what was put in", arguments: [UInt8(0), 1, 2, 3, 8])
  func encode(length: UInt8) throws {
    let plan = DecodePlan(
      try DBCFile(
        """
        BO_ 1 M: 8 X
         SG_ A : 0|8@1- (1,0) [0|0] "" X
         SG_ B : 12|9@1+ (0.5,-10) [0|0] "" X
         SG_ C : 31|12@0- (0.1,0) [0|0] "" X
        """))
    let values = [-3, 28.5, -12.3]
    let frame = plan.encode(0, length: length, timestamp: 7) {
      plan.signals[$0].bits(for: values[$0])
    }
    #expect(frame.identifier == .standard(1))
    #expect(frame.length == length)
    #expect(frame.timestamp == 7)
    for (signal, value) in zip(plan.signals, values) where signal.field.byteCount <= length {
      #expect(signal.value(in: frame.payload) == value)
    }
    #expect(plan.encode(0, length: 8) { _ in nil }.payload == 0)
  }
}
