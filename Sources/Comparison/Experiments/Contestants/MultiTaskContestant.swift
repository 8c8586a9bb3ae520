/// `model: multi-task`: one BERT trained on all tasks, which take turns or share every step, with a head for each.
struct MultiTaskContestant: TrainedContestant {
    static let model = "multi-task"
    static let otherNames = [
        "mtl", "multitask-learning",
    ]
    static let purpose = "One BERT that is trained on all tasks, with a head for each."
    static let sharesTasks = true

    let tuning: FineTuning
}
