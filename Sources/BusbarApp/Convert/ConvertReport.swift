package import CANFrames
import CANInterfaces

/// What there is to say after a conversion, line by line.
package enum ConvertReport {
  /// What was converted, and everything that is not in the output.
  package static func lines(
    _ outcome: ConvertSession.Outcome, from format: LogFormat?, to target: ConvertTarget,
    name: String
  ) -> [String] {
    var lines = omissionLines(outcome.omissions, to: target)
    if outcome.untimedCount > 0 {
      lines.append(
        "\(name): \(outcome.untimedCount) frames left out, because they have no time to select by")
    }
    let source = format.map { " (\($0.rawValue))" } ?? ""
    let leftOut = outcome.omissions[.remoteFrames] + outcome.omissions[.errorFrames]
    let written = outcome.framesWritten - leftOut
    let share = outcome.framesRead == written ? "" : " of \(outcome.framesRead)"
    let plural = outcome.framesRead == 1 ? "" : "s"
    lines.append(
      "\(name)\(source): \(written)\(share) frame\(plural) written to \(target.name) "
        + "(\(target.format.rawValue))")
    return lines
  }

  /// What the format could not hold, in one line; none if it held everything.
  package static func omissionLines(
    _ omissions: LogOmissions, to target: ConvertTarget
  ) -> [String] {
    let omitted = LogOmissions.Subject.allCases.compactMap { subject in
      let count = omissions[subject]
      return count == 0 ? nil : "\(subject.rawValue): \(count)"
    }
    guard !omitted.isEmpty else { return [] }
    let format = target.format.rawValue
    return ["\(target.name): what \(format) cannot hold: \(omitted.joined(separator: "; "))"]
  }
}
