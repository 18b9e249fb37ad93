/// Which column of a TRC file of version 2 holds what; the file says it itself.
struct TRCColumns: Sendable {
  /// `N,O,T,B,I,d,R,L,D` of version 2.1; a file that does not say is taken for one.
  private var letters: [UInt8] = Array("NOTBIdRLD".utf8)

  init() {}

  /// Reads the letters behind `;$COLUMNS=`; `nil` if what a frame needs is not among them.
  init?(_ line: Span<UInt8>, _ start: Int) {
    var position = start
    letters = []
    while position < line.count, letters.count < 16 {
      let column = LineScanner.column(line, &position)
      guard column.count == 1 else { return nil }
      letters.append(line[column.lowerBound])
    }
    guard ["O", "T", "I", "D"].allSatisfy({ letters.contains(UInt8(ascii: $0)) }),
      letters.last == UInt8(ascii: "D")
    else { return nil }
  }

  /// Reads a line, column by column.
  ///
  /// Events may leave columns blank, so that only the first ones of theirs are read.
  func read(
    _ line: Span<UInt8>, _ start: Int, into record: inout TRCRecord
  ) throws(LineRejection) {
    var position = start
    for letter in letters {
      let word = LineScanner.word(line, &position)
      let column = word.lowerBound + 1
      switch letter {
      case UInt8(ascii: "N"):
        guard LineScanner.decimalNumber(line, word) != nil else {
          throw LineRejection(.trcFrame, column: column)
        }
      case UInt8(ascii: "O"): try record.readOffset(line, word)
      case UInt8(ascii: "T"): try record.readType(line, word)
      case UInt8(ascii: "B"): try record.readBus(line, word)
      case UInt8(ascii: "I"):
        guard record.isFrame else {
          // Behind the bus: what is not blank of identifier, direction and length, then data.
          record.dataStart = word.lowerBound
          return
        }
        try record.readIdentifier(line, word)
      case UInt8(ascii: "d"): record.readDirection(line, word)
      case UInt8(ascii: "l"), UInt8(ascii: "L"): try record.readLength(line, word)
      case UInt8(ascii: "D"): record.dataStart = word.lowerBound
      default: break
      }
    }
  }
}
