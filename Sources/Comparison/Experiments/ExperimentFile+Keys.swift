import Evaluation
import Results
import SettingKeys

extension ExperimentFile {
    /// The values of the keys of an experiment file; those that hang on others are read later.
    struct Keys: Sendable {
        var name: String?
        var description: String?
        var seed: UInt64 = 42
        var data = ExperimentTask.Keys()
        var tasks: Setting?
        var contestants: Setting?
        var learningCurve: LearningCurveSetting?
        var thresholds = ThresholdOptions()
        var report = ReportKeys()
    }

    /// - Parameter families: What `model:` may name.
    static func keys(families: FamilyRegistry) -> KeyTable<Keys> {
        KeyTable(Keys()) {
            SettingKey(
                "name", \.name, .folderName, absent: "the file's name",
                "The experiment's name, which its folders have.")
            SettingKey(
                "description", \.description, .text, absent: "none", "A description, for the report.")
            SettingKey(
                "seed", \.seed, .seed,
                "The seed of the contestants; the split has its own.")
            ExperimentTask.dataKeys.lifted(to: \.data)
            SettingKey(
                "tasks", \.tasks, .later("a list of mappings", keys: { ExperimentTask.reference }),
                absent: nil,
                "Instead of `dataset`, `clean` and `split`: several tasks, each with its own.")
            SettingKey(
                required: "contestants", \.contestants,
                .later("a list of mappings, or of models alone", keys: { families.reference }),
                "The contestants.")
            SettingKey(
                "learning-curve", \.learningCurve, .learningCurve,
                absent: "contestants are fitted on the whole train part",
                "Samples of the train rows that contestants are fitted on too, to see what more labels are worth."
            )
            SettingKey(
                "thresholds", \.thresholds, .mapping(ThresholdOptions.keys),
                "The thresholds of probabilities from which labels are decided: of two classes, or of several labels a row."
            )
            SettingKey(
                "report", \.report, .mapping(ReportKeys.keys), "What the report contains, and how it ranks.")
        }
    }
}

extension ExperimentFile {
    /// Every key of an experiment file.
    /// - Parameter families: What `model:` may name.
    public static func reference(families: FamilyRegistry = .standard) -> KeyReference {
        keys(families: families).reference
    }
}

extension ValueForm<String> {
    /// A name of one folder.
    fileprivate static var folderName: ValueForm {
        ValueForm("a folder's name") { (setting) throws(SettingsError) in try setting.folderName() }
    }
}
