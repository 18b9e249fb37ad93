import DBC
import Testing

@Suite("Names of more than 32 characters")
struct LongNameTests {
  @Test("replace the short ones, and what refers to them follows")
  func resolved() throws {
    let file = try DBCFile(
      """
      BO_ 1 M: 8 X
       SG_ A M : 0|8@1+ (1,0) [0|0] "" X
       SG_ B m1M : 8|8@1+ (1,0) [0|0] "" X
       SG_ C m2 : 16|8@1+ (1,0) [0|0] "" X
       SG_ D m3 : 24|8@1+ (1,0) [0|0] "" X
      BA_ "SystemMessageLongSymbol" BO_ 1 "A_long_message_name";
      BA_ "SystemSignalLongSymbol" SG_ 1 A "B";
      BA_ "SystemSignalLongSymbol" SG_ 1 B "A_long_signal_name";
      BA_ "SystemSignalLongSymbol" SG_ 1 C "";
      SG_MUL_VAL_ 1 B A 1-1;
      SG_MUL_VAL_ 1 C B 2-2;
      SG_MUL_VAL_ 1 D C 3-3;
      VAL_ 1 B 0 "label of B";
      CM_ SG_ 1 A "comment on A";
      """)
    let message = try #require(file.messages.first)
    #expect(message.name == "A_long_message_name")
    #expect(message.signals.map(\.name) == ["B", "A_long_signal_name", "C", "D"])
    #expect(message.signals.map { $0.selector?.signal } == [nil, "B", "A_long_signal_name", "C"])
    #expect(message.signals.map(\.labels) == [[:], [0: "label of B"], [:], [:]])
    #expect(message.signals.map(\.comment) == ["comment on A", nil, nil, nil])
    let plan = DecodePlan(file)
    #expect(plan.messages.map(\.name) == ["A_long_message_name"])
    #expect(plan.signals.map { $0.isPresent(in: 0x0201, length: 8) } == [true, true, true, false])
    #expect(
      plan.signals.map { $0.isPresent(in: 0x0202, length: 8) } == [true, false, false, false])
  }

  @Test("must differ within a message too")
  func duplicate() {
    let message = DBCFile.refusal(
      of: """
        BO_ 1 M: 8 X
         SG_ A : 0|8@1+ (1,0) [0|0] "" X
         SG_ B : 8|8@1+ (1,0) [0|0] "" X
        BA_ "SystemSignalLongSymbol" SG_ 1 B "A";
        """)
    #expect(
      message == "house.dbc:3:2: message 'M' has a signal 'A' already; rename one of them")
  }
}
