extension PooledModelFile {
    /// What follows `text` for DeBERTa-v2 and v3.
    static let deberta = #"""


        from transformers import DebertaV2Config, DebertaV2Model, DebertaV2PreTrainedModel


        class BakeoffDebertaV2Config(DebertaV2Config):
            model_type = "bakeoff-deberta-v2"


        class BakeoffDebertaV2ForSequenceClassification(BertPooled, DebertaV2PreTrainedModel):
            config_class = BakeoffDebertaV2Config
            head_is_second = False

            def __init__(self, config):
                super().__init__(config)
                self.build(config, DebertaV2Model)

            def head_dropout(self, config):
                dropout = getattr(config, "cls_dropout", None)
                return config.hidden_dropout_prob if dropout is None else dropout

        """#
}
