import Evaluation

extension PublishedResult {
    /// Everything that is known, each with the place where it can be read.
    public static let all: [PublishedResult] = [
        PublishedResult(
            name: "goemotions-paper", dataset: "goemotions", system: "BERT-base, fine-tuned",
            source: "Demszky et al. 2020, GoEmotions: A Dataset of Fine-Grained Emotions, ACL, Table 4",
            url: "https://aclanthology.org/2020.acl-main.372/",
            conditions: [
                "a larger encoder, fine-tuned on the same official split with 28 labels",
                "macro F1 of one run; no interval is given",
                "labels decided by the authors' own threshold, here by the rule that the ledger names",
            ],
            scores: [.f1Macro: 0.46],
            perLabel: [
                "admiration": 0.65, "amusement": 0.80, "anger": 0.47, "annoyance": 0.34, "approval": 0.36,
                "caring": 0.39, "confusion": 0.37, "curiosity": 0.54, "disappointment": 0.28,
                "disapproval": 0.39, "gratitude": 0.86, "joy": 0.51, "love": 0.78, "neutral": 0.68,
                "optimism": 0.51, "realization": 0.21, "sadness": 0.49,
            ]),
        PublishedResult(
            name: "vader-paper", dataset: "icwsm14-tweets", system: "VADER",
            source: "Hutto and Gilbert 2014, VADER, ICWSM, Table 4",
            url: "https://ojs.aaai.org/index.php/ICWSM/article/view/14550",
            conditions: [
                "all 4,200 tweets, since nothing was trained; here the test part alone",
                "three classes by the sign of the mean rating; weighted F1",
            ],
            scores: [.f1Weighted: 0.96], perLabel: [:]),
    ]
}
