import Encoders
import LinearAlgebra

/// The Python file beside a classifier that reads no pooler, with which `transformers` computes what we do.
///
/// Without `trust_remote_code=True` the folder does not load there. Were it of one of `transformers`' own types, it would
/// load without a word, with a pooler between encoder and head, and predict something else.
package enum PooledModelFile {
    static let module = "modeling_bakeoff"
    package static let name = "\(module).py"

    /// What stands in place of the activation's name.
    static let refusal =
        "none: load this folder with AutoModelForSequenceClassification and trust_remote_code=True"

    /// The architectures that it has classes for, with what follows `text` for each.
    private static let additions: [(architectures: [EncoderArchitecture], text: String)] = [
        ([.bert, .distilbert, .roberta, .xlmRoberta], ""),
        ([.camembert, .data2vecText, .electra, .albert], relatives),
        ([.mpnet], mpnet),
        ([.debertaV2], deberta),
        ([.modernbert], modernbert),
    ]

    private static func addition(for architecture: EncoderArchitecture) -> String? {
        additions.first { $0.architectures.contains(architecture) }?.text
    }

    /// Whether it has classes for an architecture.
    package static func knows(_ architecture: EncoderArchitecture) -> Bool {
        addition(for: architecture) != nil
    }

    /// The names of its classes for an architecture.
    package static func classes(_ architecture: EncoderArchitecture) -> (configuration: String, model: String)
    {
        let prefix = "Bakeoff\(architecture.classPrefix)"
        return ("\(prefix)Config", "\(prefix)ForSequenceClassification")
    }

    /// The file for an architecture that it knows.
    package static func text(for architecture: EncoderArchitecture) -> String {
        text + (addition(for: architecture) ?? "")
    }

    private static let text = #"""
        """An encoder whose classifier reads one vector made of all tokens' (bakeoff.pooling of config.json), and no pooler.

        Bakeoff wrote this file. Load the folder with
        AutoModelForSequenceClassification.from_pretrained(folder, trust_remote_code=True).
        """

        import copy
        from collections import OrderedDict

        from torch import nn
        from transformers import BertConfig, BertModel, BertPreTrainedModel
        from transformers import DistilBertConfig, DistilBertModel, DistilBertPreTrainedModel
        from transformers import RobertaConfig, RobertaModel, RobertaPreTrainedModel
        from transformers import XLMRobertaConfig, XLMRobertaModel, XLMRobertaPreTrainedModel
        from transformers.modeling_outputs import SequenceClassifierOutput


        class BakeoffBertConfig(BertConfig):
            model_type = "bakeoff-bert"


        class BakeoffDistilBertConfig(DistilBertConfig):
            model_type = "bakeoff-distilbert"


        class BakeoffRobertaConfig(RobertaConfig):
            model_type = "bakeoff-roberta"


        class BakeoffXLMRobertaConfig(XLMRobertaConfig):
            model_type = "bakeoff-xlm-roberta"


        def encoder_config(config, key):
            """The configuration with the activation's name in its place again."""
            config = copy.deepcopy(config)
            setattr(config, key, config.bakeoff["activation"])
            return config


        def pooled(hidden, attention_mask, pooling):
            """One vector for each text, padded at its end. hidden: [B, T, H]; attention_mask: [B, T] or None."""
            if attention_mask is None:
                attention_mask = hidden.new_ones(hidden.shape[:2])
            mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
            count = mask.sum(1).clamp(min=1)
            if pooling == "cls":
                return hidden[:, 0]
            if pooling == "mean":
                return (hidden * mask).sum(1) / count
            if pooling == "mean_sqrt_len_tokens":
                return (hidden * mask).sum(1) / count.sqrt()
            if pooling == "weightedmean":
                weights = mask * mask.cumsum(1)
                return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)
            if pooling == "max":
                return hidden.masked_fill(mask == 0, float("-inf")).max(1).values
            if pooling == "lasttoken":
                last = attention_mask.to(int).cumsum(1).argmax(1)
                return hidden[range(len(hidden)), last]
            raise ValueError(f"bakeoff.pooling of config.json is {pooling!r}, which this file does not know")


        def loss(config, logits, labels):
            if labels is None:
                return None
            if config.problem_type == "multi_label_classification":
                return nn.functional.binary_cross_entropy_with_logits(logits, labels.to(logits.dtype))
            return nn.functional.cross_entropy(logits, labels.view(-1))


        class BertPooled:
            """What the classifiers over BERT and its relatives have in common."""

            # Whether the head's weights are named as those of a second layer.
            head_is_second = True

            def build(self, config, encoder, **arguments):
                self.num_labels = config.num_labels
                model = encoder(encoder_config(config, "hidden_act"), **arguments)
                setattr(self, self.base_model_prefix, model)
                self.dropout = nn.Dropout(self.head_dropout(config))
                head = nn.Linear(config.hidden_size, config.num_labels)
                self.classifier = nn.Sequential(OrderedDict(out_proj=head)) if self.head_is_second else head
                self.post_init()

            def head_dropout(self, config):
                dropout = config.classifier_dropout
                return config.hidden_dropout_prob if dropout is None else dropout

            def forward(self, input_ids=None, attention_mask=None, token_type_ids=None, labels=None, **kwargs):
                kwargs.pop("return_dict", None)
                hidden = self.base_model(
                    input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids, return_dict=True, **kwargs
                ).last_hidden_state
                logits = self.classifier(self.dropout(pooled(hidden, attention_mask, self.config.bakeoff["pooling"])))
                return SequenceClassifierOutput(loss=loss(self.config, logits, labels), logits=logits)


        class BakeoffBertForSequenceClassification(BertPooled, BertPreTrainedModel):
            config_class = BakeoffBertConfig
            head_is_second = False

            def __init__(self, config):
                super().__init__(config)
                self.build(config, BertModel, add_pooling_layer=False)


        class BakeoffRobertaForSequenceClassification(BertPooled, RobertaPreTrainedModel):
            config_class = BakeoffRobertaConfig

            def __init__(self, config):
                super().__init__(config)
                self.build(config, RobertaModel, add_pooling_layer=False)


        class BakeoffXLMRobertaForSequenceClassification(BertPooled, XLMRobertaPreTrainedModel):
            config_class = BakeoffXLMRobertaConfig

            def __init__(self, config):
                super().__init__(config)
                self.build(config, XLMRobertaModel, add_pooling_layer=False)


        class BakeoffDistilBertForSequenceClassification(DistilBertPreTrainedModel):
            config_class = BakeoffDistilBertConfig

            def __init__(self, config):
                super().__init__(config)
                self.num_labels = config.num_labels
                self.distilbert = DistilBertModel(encoder_config(config, "activation"))
                self.dropout = nn.Dropout(config.seq_classif_dropout)
                self.classifier = nn.Linear(config.dim, config.num_labels)
                self.post_init()

            def forward(self, input_ids=None, attention_mask=None, labels=None, **kwargs):
                for unused in ("return_dict", "token_type_ids"):
                    kwargs.pop(unused, None)
                hidden = self.distilbert(
                    input_ids, attention_mask=attention_mask, return_dict=True, **kwargs
                ).last_hidden_state
                logits = self.classifier(self.dropout(pooled(hidden, attention_mask, self.config.bakeoff["pooling"])))
                return SequenceClassifierOutput(loss=loss(self.config, logits, labels), logits=logits)

        """#
}
