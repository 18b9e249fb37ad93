import FuzzSupport
import Simulation

/// A simulation's profile in YAML; what is accepted has a battery that can be simulated.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  fuzzArray(bytes, count) { bytes in
    do throws(ProfileError) {
      let profile = try Profile(yaml: bytes, source: "fuzz.yaml")
      precondition((4...32).contains(profile.pack.cellCount))
      precondition(profile.bmsSettings.contradictions.isEmpty)
    } catch {
      precondition(!"\(error)".contains(where: \.isNewline), "one line")
    }
  }
}
