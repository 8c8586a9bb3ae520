import Evaluation

extension PublishedResult {
    /// Everything that is known, each with the place where it can be read.
    public static let all: [PublishedResult] =
        goEmotions + semEval + tweetEval + vader + notebooks

    private static let goEmotionsPaper =
        "Demszky et al. 2020, GoEmotions: A Dataset of Fine-Grained Emotions, ACL"
    private static let goEmotionsURL = "https://aclanthology.org/2020.acl-main.372/"

    private static let goEmotions: [PublishedResult] = [
        PublishedResult(
            name: "goemotions-paper", dataset: "goemotions", labelCount: 28, system: "BERT-base, fine-tuned",
            source: "\(goEmotionsPaper), Table 4", url: goEmotionsURL,
            conditions: [
                "a larger encoder, fine-tuned on the same official split with 28 labels",
                "macro F1 of one run; no interval is given",
                "labels decided by the authors' own threshold, here by the rule that the section Thresholds names",
            ],
            scores: [.f1Macro: 0.46],
            perLabel: [
                "admiration": 0.65, "amusement": 0.80, "anger": 0.47, "annoyance": 0.34, "approval": 0.36,
                "caring": 0.39, "confusion": 0.37, "curiosity": 0.54, "disappointment": 0.28,
                "disapproval": 0.39, "gratitude": 0.86, "joy": 0.51, "love": 0.78, "neutral": 0.68,
                "optimism": 0.51, "realization": 0.21, "sadness": 0.49,
            ]),
        PublishedResult(
            name: "goemotions-paper-ekman", dataset: "goemotions", labelCount: 7,
            system: "BERT-base, fine-tuned", source: goEmotionsPaper, url: goEmotionsURL,
            conditions: [
                "the 27 emotions in Ekman's six groups, and neutral",
                "macro F1 of one run; no interval is given",
            ],
            scores: [.f1Macro: 0.64]),
        PublishedResult(
            name: "goemotions-paper-sentiment", dataset: "goemotions", labelCount: 4,
            system: "BERT-base, fine-tuned", source: goEmotionsPaper, url: goEmotionsURL,
            conditions: [
                "the 27 emotions grouped as positive, negative and ambiguous, and neutral",
                "macro F1 of one run; no interval is given",
            ],
            scores: [.f1Macro: 0.69]),
    ]

    private static let semEval: [PublishedResult] = [
        PublishedResult(
            name: "spanemo", dataset: "semeval-2018-ec", labelCount: 11, system: "SpanEmo (BERT-base)",
            source:
                "Alhuzali and Ananiadou 2021, SpanEmo: Casting Multi-label Emotion Classification as Span-prediction, "
                + "EACL", url: "https://aclanthology.org/2021.eacl-main.135/",
            conditions: [
                "SemEval-2018 Task 1 E-c, English, official test part",
                "the names of the labels are input too",
            ],
            scores: [.jaccardSamples: 0.601, .f1Micro: 0.713, .f1Macro: 0.578])
    ]

    /// Macro F1, but for irony the F1 of its positive class.
    private static let tweetEval: [PublishedResult] = {
        let systems: [(key: String, name: String, condition: String, scores: [Double])] = [
            ("roberta", "RoBERTa-base", "a larger encoder, fine-tuned", [0.761, 0.466, 0.597, 0.795]),
            ("fasttext", "fastText", "pretrained word vectors", [0.652, 0.506, 0.631, 0.734]),
            ("svm", "linear SVM", "n-grams of words and characters", [0.647, 0.367, 0.617, 0.523]),
        ]
        let tasks: [(name: String, labelCount: Int, metric: MetricName)] = [
            ("emotion", 4, .f1Macro), ("hate", 2, .f1Macro), ("irony", 2, .f1), ("offensive", 2, .f1Macro),
        ]
        return tasks.enumerated().flatMap { place, task in
            systems.map { system in
                PublishedResult(
                    name: "tweeteval-\(task.name)-\(system.key)", dataset: "tweeteval-\(task.name)",
                    labelCount: task.labelCount, system: system.name,
                    source:
                        "Barbieri et al. 2020, TweetEval: Unified Benchmark and Comparative Evaluation for Tweet "
                        + "Classification, Findings of EMNLP",
                    url: "https://aclanthology.org/2020.findings-emnlp.148/",
                    conditions: [
                        system.condition, "TweetEval's own split, its test part",
                        task.metric == .f1 ? "F1 of the ironic class" : "macro F1",
                    ],
                    scores: [task.metric: system.scores[place]])
            }
        }
    }()

    private static let vader: [PublishedResult] = [
        ("vader-paper", "icwsm14-tweets", "4,200 tweets", 0.96),
        ("vader-paper-movies", "icwsm14-movies", "sentences of movie reviews", 0.61),
        ("vader-paper-products", "icwsm14-products", "sentences of product reviews", 0.63),
        ("vader-paper-editorials", "icwsm14-editorials", "sentences of newspaper editorials", 0.55),
    ].map { name, dataset, texts, f1 in
        PublishedResult(
            name: name, dataset: dataset, labelCount: 3, system: "VADER",
            source: "Hutto and Gilbert 2014, VADER, ICWSM, Table 4",
            url: "https://ojs.aaai.org/index.php/ICWSM/article/view/14550",
            conditions: [
                "all \(texts), since nothing was trained; here the test part alone",
                "three classes by the sign of the mean rating, so hardly any are neutral; weighted F1",
            ],
            scores: [.f1Weighted: f1])
    }

    /// Figures that public notebooks print; known to us without their addresses.
    private static let notebooks: [PublishedResult] = [
        PublishedResult(
            name: "notebook-goemotions-tfidf", dataset: "goemotions", labelCount: 28,
            system: "TF-IDF and one-vs-rest logistic regression", source: "a public notebook",
            conditions: ["5,000 terms, English stop words, threshold 0.5, official test part"],
            scores: [.f1Micro: 0.4242]),
        PublishedResult(
            name: "notebook-semeval-bert", dataset: "semeval-2018-ec", labelCount: 11,
            system: "bert-base-uncased, fine-tuned", source: "a public notebook",
            conditions: [
                "5 epochs, learning rate 2e-5, batches of 8",
                "scored on validation, where nothing was held back",
                "its ROC AUC of .8058 is of decided labels, not of probabilities, and stands in no row",
            ],
            scores: [.f1Micro: 0.7096, .subsetAccuracy: 0.2799]),
        PublishedResult(
            name: "notebook-multitask-sentiment", dataset: "multitask-sentiment", labelCount: 3,
            system: "bert-base-uncased, two heads", source: "a public notebook on multi-task learning",
            conditions: [
                "3 classes of sentiment, learnt together with 6 of emotion in alternating batches of 16",
                "class weights, AdamW 2e-5, at most 256 tokens",
            ],
            scores: [.accuracy: 0.7089]),
        PublishedResult(
            name: "notebook-multitask-emotion", dataset: "emotion", labelCount: 6,
            system: "bert-base-uncased, two heads", source: "a public notebook on multi-task learning",
            conditions: [
                "6 classes of emotion, learnt together with 3 of sentiment in alternating batches of 16",
                "class weights, AdamW 2e-5, at most 256 tokens",
            ],
            scores: [.accuracy: 0.9517]),
        PublishedResult(
            name: "notebook-sms-frozen-spam", dataset: "sms-spam", labelCount: 2,
            system: "gte-base, frozen, mean pooling, linear head", source: "a public notebook",
            conditions: [
                "the head by AdamW 1e-4 for 5 epochs, which is far from its optimum", "a split of its own",
            ],
            scores: [.accuracy: 0.889, .recall: 0.15]),
        PublishedResult(
            name: "notebook-sms-frozen-sentiment", dataset: "sms-spam", labelCount: 3,
            system: "gte-base, frozen, mean pooling, linear head", source: "a public notebook",
            conditions: [
                "labels made by VADER, not by people",
                "the head by AdamW 1e-4 for 5 epochs, which is far from its optimum", "a split of its own",
            ],
            scores: [.accuracy: 0.583, .f1Macro: 0.47]),
    ]
}
