// swift-tools-version: 6.1
import PackageDescription

// Programs that measure the package beside its peers; see the scripts here.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "bakeoff", path: "..")],
    targets: [
        .target(name: "CPeaks"),
        .executableTarget(
            name: "TokenizeBench", dependencies: [.product(name: "Bakeoff", package: "bakeoff")]),
        .executableTarget(
            name: "EncodeBench", dependencies: ["CPeaks", .product(name: "Bakeoff", package: "bakeoff")]),
        .executableTarget(
            name: "StageBench", dependencies: [.product(name: "Bakeoff", package: "bakeoff")]),
        .executableTarget(
            name: "ResamplingBench", dependencies: [.product(name: "Bakeoff", package: "bakeoff")]),
        .executableTarget(
            name: "ReadBench", dependencies: [.product(name: "Bakeoff", package: "bakeoff")]),
    ],
    swiftLanguageModes: [.v6]
)
