package import BMSDialects
import Foundation
package import Simulation

/// Why a simulation cannot begin: what is wrong with its description or its profile, and where.
package struct SimulationSetupError: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String
}

/// A simulation as a user described it, with its profile read.
package struct SimulationSetup: Sendable {
  package var specification: SimulationSpecification
  package var profile: Profile
  package var dialect: Dialect

  /// Understands what stands after `sim:` and reads the profile that it names.
  package init(parsing text: String) throws(SimulationSetupError) {
    do {
      specification = try SimulationSpecification(parsing: text)
      let base =
        specification.hasProfileFile
        ? try Self.file(specification.profileName)
        : try ProfileLibrary.profile(named: specification.profileName)
      profile = try specification.applied(to: base, text: text)
    } catch let error as SimulationError {
      throw SimulationSetupError(description: error.description)
    } catch let error as ProfileError {
      throw SimulationSetupError(description: error.description)
    } catch {
      throw SimulationSetupError(description: "sim:\(text): \(error)")
    }
    guard let dialect = DialectAtlas.dialect(named: specification.product.dialectName) else {
      preconditionFailure("a simulated product speaks a dialect of the atlas")
    }
    self.dialect = dialect
  }

  /// The bus, from its beginning.
  ///
  /// - Parameter start: When it begins, in ns since 1970.
  /// - Returns: The bus, before its first frame.
  package func bus(start: Int64) -> BusSimulation {
    BusSimulation(
      specification.product, dialect, profile: profile, faults: specification.faults,
      firmware: specification.firmware, seed: specification.seed, start: start)
  }

  private static func file(_ path: String) throws(ProfileError) -> Profile {
    let handle = FileHandle(forReadingAtPath: path)
    let data = (try? handle?.read(upToCount: Profile.longest + 1)) ?? nil
    guard let data else {
      throw ProfileError(
        source: path, line: 0, column: 0,
        text: "no such profile; check the spelling and the folder")
    }
    return try Profile(yaml: Array(data), source: path)
  }
}
