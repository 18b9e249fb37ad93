import ArgumentParser
import BusbarApp

extension Age: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension FileSize: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}
