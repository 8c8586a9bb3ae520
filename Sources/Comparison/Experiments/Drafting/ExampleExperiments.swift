import Recipes

/// The experiments that the program carries: those of `experiments/` in the checkout.
public enum ExampleExperiments {
    private static let ending = ".yaml"

    /// In the order of the alphabet, such as `front-desk`.
    public static var names: [String] {
        BundledFolder.experiments.paths.filter { $0.hasSuffix(ending) }.map {
            String($0.dropLast(ending.count))
        }
    }

    /// The text of an experiment file; nil if none has that name.
    public static func text(named name: String) -> String? {
        BundledFolder.experiments.bytes(of: name + ending).map { String(decoding: $0, as: UTF8.self) }
    }
}
