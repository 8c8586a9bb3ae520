/// `model: fine-tuned`: a BERT trained whole, on each task by itself.
struct FineTunedContestant: TrainedContestant {
    static let model = "fine-tuned"
    static let otherNames = [
        "fine-tune", "fine-tuning", "finetuned", "bert", "distilbert", "roberta", "transformer",
        "transformers",
    ]
    static let purpose = "A BERT that is trained whole, on each task by itself."
    static let sharesTasks = false

    let tuning: FineTuning
}
