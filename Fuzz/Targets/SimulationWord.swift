import FuzzSupport
import Simulation

/// What a user writes after `sim:`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(SimulationError) {
      let specification = try SimulationSpecification(parsing: text)
      let profile = try specification.applied(to: Profile(), text: text)
      precondition(profile.bmsSettings.contradictions.isEmpty)
    } catch {
      precondition(!"\(error)".contains(where: \.isNewline), "one line")
    }
  }
}
