// swift-tools-version: 6.1
import PackageDescription

// The rooms and who may import whom: see ARCHITECTURE.md. Arrows run one way, downwards.
let package = Package(
    name: "bakeoff",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "bakeoff", targets: ["bakeoff"]),
        .library(
            name: "Bakeoff",
            targets: [
                "Labels", "Corpora", "LexiconModels", "LinearModels", "TransformerModels", "Evaluation",
                "Results", "Experiments", "Reports",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // System libraries.
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev", "liblapacke-dev"]), .brew(["openblas"])]),
        .systemLibrary(
            name: "CArchive", pkgConfig: "libarchive",
            providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
        .systemLibrary(
            name: "CCompression", pkgConfig: "zlib snappy libzstd",
            providers: [
                .apt(["zlib1g-dev", "libsnappy-dev", "libzstd-dev"]), .brew(["zlib", "snappy", "zstd"]),
            ]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),

        // Ground floor: words, work, files and settings that every room above shares.
        .target(name: "Labels"),
        .target(name: "Compute"),
        .target(
            name: "Files",
            dependencies: ["CArchive", "CCompression", .product(name: "Crypto", package: "swift-crypto")]),
        .target(name: "Settings", dependencies: ["Yams"]),

        // Data and models; none of the models knows another, and no corpus knows a model.
        .target(
            name: "Corpora",
            dependencies: [
                "CCurl", "Labels", "Compute", "Files", "Settings",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        .target(name: "LexiconModels", dependencies: ["Compute"]),
        .target(name: "CKernels"),
        .target(name: "CStart"),
        .target(name: "Tensors", dependencies: ["COpenBLAS", "CKernels", "Compute"]),
        .target(name: "Tokenizers", dependencies: ["Compute"]),
        .target(
            name: "LinearModels",
            dependencies: ["Labels", "Compute", "Files", "Tensors", "Tokenizers"]),
        .target(name: "TransformerModels", dependencies: ["Labels", "Compute", "Files", "Tensors"]),

        // Scores, what a run leaves behind, the run itself, and the report.
        .target(name: "Evaluation", dependencies: ["Labels", "Compute"]),
        .target(name: "Results", dependencies: ["Corpora", "Evaluation", "Labels", "Files", "Settings"]),
        .target(
            name: "Experiments",
            dependencies: [
                "Labels", "Compute", "Files", "Settings", "Corpora", "LexiconModels",
                "LinearModels", "TransformerModels", "Tensors", "Tokenizers", "Evaluation", "Results",
            ]),
        .target(name: "Reports", dependencies: ["Results", "Corpora", "Evaluation", "Labels", "Files"]),
        .executableTarget(
            name: "bakeoff",
            dependencies: [
                "CStart", "Experiments", "Reports",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // Tests: one target a module; they use public and package API, so a release build serves both.
        .testTarget(name: "LabelsTests", dependencies: ["Labels"]),
        .testTarget(name: "ComputeTests", dependencies: ["Compute"]),
        .testTarget(name: "FilesTests", dependencies: ["Files"]),
        .testTarget(name: "SettingsTests", dependencies: ["Settings"]),
        .testTarget(name: "CorporaTests", dependencies: ["Corpora", "FlyingFox"]),
        .testTarget(name: "LexiconModelsTests", dependencies: ["LexiconModels"]),
        .testTarget(name: "TensorsTests", dependencies: ["Tensors", "CKernels", "Compute"]),
        .testTarget(name: "TokenizersTests", dependencies: ["Tokenizers"]),
        .testTarget(name: "LinearModelsTests", dependencies: ["LinearModels", "Evaluation"]),
        .testTarget(
            name: "TransformerModelsTests",
            dependencies: ["TransformerModels", "Labels", "Files", "Tensors", "Compute"]),
        .testTarget(name: "EvaluationTests", dependencies: ["Evaluation"]),
        .testTarget(name: "ResultsTests", dependencies: ["Results"]),
        .testTarget(
            name: "ReportsTests", dependencies: ["Reports"], exclude: ["Snapshots", "PageChecks.js"]),
        .testTarget(name: "ExperimentsTests", dependencies: ["Experiments"]),
        .testTarget(name: "CommandLineTests", dependencies: ["bakeoff"]),
        .testTarget(name: "HouseTests"),
        // Readers under attack; see scripts/fuzz.sh.
        .executableTarget(name: "Fuzz", dependencies: ["Experiments", "Reports"], path: "Tests/Fuzz"),
    ],
    swiftLanguageModes: [.v6]
)
