import Learners
import SettingKeys

extension LogisticOptions {
    static let keys = ["C", "penalty", "class-weight", "multi-class", "fit-intercept", "tol", "max-iter"]

    /// Reads the `logistic:` of a contestant.
    init(_ settings: SettingsMapping) throws {
        self.init()
        let mapping = try settings.setting.mapping(known: LogisticOptions.keys)
        C = try mapping["C"]?.positiveDouble() ?? C
        penalty = try mapping["penalty"]?.oneOf() ?? penalty
        (classWeight, labelWeights) = try Self.weights(mapping["class-weight"])
        multiClass = try mapping["multi-class"]?.oneOf() ?? multiClass
        fitIntercept = try mapping["fit-intercept"]?.bool() ?? fitIntercept
        tolerance = try mapping["tol"]?.positiveDouble() ?? tolerance
        maxIterations = try mapping["max-iter"]?.int(atLeast: 1) ?? maxIterations
    }

    /// `none`, `balanced`, or a weight for each label that is not to count 1.
    static func weights(_ setting: Setting?) throws -> (ClassWeight, [String: Double]) {
        guard let setting else { return (.none, [:]) }
        guard case .mapping(let entries) = setting.value else { return (try setting.oneOf(), [:]) }
        var weights: [String: Double] = [:]
        for (label, weight) in entries { weights[label] = try weight.positiveDouble() }
        return (.none, weights)
    }
}

extension LinearSVMOptions {
    static let keys = ["C", "class-weight", "fit-intercept", "intercept-scaling", "tol", "max-iter"]

    /// Reads the `svm:` of a contestant.
    init(_ settings: SettingsMapping) throws {
        self.init()
        let mapping = try settings.setting.mapping(known: LinearSVMOptions.keys)
        C = try mapping["C"]?.positiveDouble() ?? C
        (classWeight, labelWeights) = try LogisticOptions.weights(mapping["class-weight"])
        fitIntercept = try mapping["fit-intercept"]?.bool() ?? fitIntercept
        interceptScaling = try mapping["intercept-scaling"]?.positiveDouble() ?? interceptScaling
        tolerance = try mapping["tol"]?.positiveDouble() ?? tolerance
        maxIterations = try mapping["max-iter"]?.int(atLeast: 1) ?? maxIterations
    }
}

extension NaiveBayesOptions {
    static let keys = ["variant", "alpha", "fit-prior", "norm", "class-weight"]

    /// Reads the `naive-bayes:` of a contestant.
    init(_ settings: SettingsMapping) throws {
        self.init()
        let mapping = try settings.setting.mapping(known: NaiveBayesOptions.keys)
        variant = try mapping["variant"]?.oneOf() ?? variant
        alpha = try mapping["alpha"]?.positiveDouble() ?? alpha
        fitPrior = try mapping["fit-prior"]?.bool() ?? fitPrior
        norm = try mapping["norm"]?.bool() ?? norm
        (classWeight, labelWeights) = try LogisticOptions.weights(mapping["class-weight"])
    }
}
