extension PooledModelFile {
    /// What follows `text` for DeBERTa-v2 and v3.
    static let deberta = #"""


        from transformers import DebertaV2Config, DebertaV2Model, DebertaV2PreTrainedModel


        class BakeoffDebertaV2Config(DebertaV2Config):
            model_type = "bakeoff-deberta-v2"


        class BakeoffDebertaV2ForSequenceClassification(BertPooled, DebertaV2PreTrainedModel):
            config_class = BakeoffDebertaV2Config

            def __init__(self, config):
                super().__init__(config)
                self.num_labels = config.num_labels
                self.deberta = DebertaV2Model(encoder_config(config, "hidden_act"))
                dropout = getattr(config, "cls_dropout", None)
                self.dropout = nn.Dropout(config.hidden_dropout_prob if dropout is None else dropout)
                self.classifier = nn.Linear(config.hidden_size, config.num_labels)
                self.post_init()

        """#
}
