extension PooledModelFile {
    /// What follows `text` for ModernBERT, which older versions of `transformers` cannot import.
    static let modernbert = #"""


        from transformers import ModernBertConfig, ModernBertModel, ModernBertPreTrainedModel


        class BakeoffModernBertConfig(ModernBertConfig):
            model_type = "bakeoff-modernbert"


        class BakeoffModernBertForSequenceClassification(ModernBertPreTrainedModel):
            config_class = BakeoffModernBertConfig

            def __init__(self, config):
                super().__init__(config)
                self.num_labels = config.num_labels
                self.model = ModernBertModel(encoder_config(config, "hidden_activation"))
                self.dropout = nn.Dropout(config.classifier_dropout)
                self.classifier = nn.Linear(config.hidden_size, config.num_labels)
                self.post_init()

            def forward(self, input_ids=None, attention_mask=None, labels=None, **kwargs):
                for unused in ("return_dict", "token_type_ids"):
                    kwargs.pop(unused, None)
                hidden = self.model(input_ids, attention_mask=attention_mask, **kwargs).last_hidden_state
                logits = self.classifier(self.dropout(pooled(hidden, attention_mask, self.config.bakeoff["pooling"])))
                return SequenceClassifierOutput(loss=loss(self.config, logits, labels), logits=logits)

        """#
}
