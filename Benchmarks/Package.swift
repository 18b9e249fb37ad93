// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that what it needs is not what Busbar needs.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "busbar", path: "..")],
  targets: [
    .target(name: "CCounters"),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "CCounters",
        .product(name: "CANFrames", package: "busbar"),
        .product(name: "DBC", package: "busbar"),
        .product(name: "BMSDialects", package: "busbar"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6)]),
  ],
  cLanguageStandard: .gnu2x
)
