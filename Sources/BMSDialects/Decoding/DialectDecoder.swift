public import BatteryModel
public import CANFrames
public import DBC

/// Decodes frames with one dialect, and remembers which product it is talking to.
///
/// Decoding is a function of the frame, the dialect and the product's serial number: some signals
/// mean something else on one model.
public struct DialectDecoder: Sendable {
  public let dialect: Dialect
  /// What the product has said about itself so far.
  public private(set) var product: [BatteryQuantity: String]
  /// For each message of the plan, the entries of its output.
  private var fields: [[FieldPlan]] = []
  /// The texts that identify the product, whole (0) and the parts of those that are split over two
  /// messages.
  private var parts: [BatteryQuantity: [Int: String]] = [:]

  /// - Parameters:
  ///   - dialect: What frames are decoded with.
  ///   - product: What is known of the product already, such as from an earlier run.
  public init(_ dialect: Dialect, product: [BatteryQuantity: String] = [:]) {
    self.dialect = dialect
    self.product = product
    planFields()
  }

  /// Creates a decoder that knows the product before the first frame is read.
  ///
  /// - Parameters:
  ///   - dialect: What frames are decoded with.
  ///   - frames: Frames of the bus in which the product may have named itself.
  public init(_ dialect: Dialect, learningFrom frames: some Sequence<CANFrame>) {
    self.init(dialect)
    var output: [DecodedField] = []
    for frame in frames { _ = decode(frame, into: &output) }
  }

  /// Decodes a frame into `output`, which is emptied first and reused.
  ///
  /// - Returns: The frame's message, or `nil` if the dialect does not describe it. Signals that a
  ///   short frame does not reach, or that its multiplexor deselects, are left out.
  public mutating func decode(
    _ frame: CANFrame, into output: inout [DecodedField]
  ) -> MessagePlan? {
    output.removeAll(keepingCapacity: true)
    guard frame.kind == .data, let index = dialect.plan.messageIndex(for: frame.identifier)
    else { return nil }
    var tellsIdentity = false
    for field in fields[index] {
      guard let decoded = field.decode(frame) else { continue }
      tellsIdentity = tellsIdentity || decoded.isIdentity
      output.append(decoded)
    }
    if tellsIdentity { learnProduct(from: output) }
    return dialect.plan.messages[index]
  }

  /// What a message is, by the frame's identifier; `nil` if the dialect does not describe it.
  public func meaning(of identifier: CANIdentifier) -> MessageMeaning? {
    dialect.plan.messageIndex(for: identifier).map { dialect.messages[$0] }
  }

  /// The whole text of a quantity of which `field` is a part, or the field's own text.
  public func wholeText(_ field: DecodedField) -> String? {
    guard case .text(let text) = field.value else { return nil }
    guard let quantity = field.quantity, field.part > 0 else { return text }
    let known = parts[quantity] ?? [:]
    let whole = known.keys.sorted().filter { $0 > 0 }.compactMap { known[$0] }.joined()
    return String(whole.reversed().drop { $0 == " " }.reversed())
  }

  private mutating func planFields() {
    let product = product
    fields = dialect.plan.messages.map { message in
      FieldPlan.fields(of: message, in: dialect) { pattern in
        product[pattern.quantity].map(pattern.matches) ?? false
      }
    }
  }

  /// Notes texts that identify the product; a new one can change what other signals mean.
  private mutating func learnProduct(from output: [DecodedField]) {
    for field in output {
      guard field.isIdentity, let quantity = field.quantity, case .text(let text) = field.value
      else { continue }
      guard parts[quantity]?[field.part] != text else { continue }
      parts[quantity, default: [:]][field.part] = text
      guard let whole = wholeText(field), !whole.isEmpty, product[quantity] != whole else {
        continue
      }
      product[quantity] = whole
      planFields()
    }
  }
}
