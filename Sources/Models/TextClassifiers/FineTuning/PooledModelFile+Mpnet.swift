extension PooledModelFile {
    /// What follows `text` for MPNet, whose model takes no token types and whose head drops as the hidden layers do.
    static let mpnet = #"""


        from transformers import MPNetConfig, MPNetModel, MPNetPreTrainedModel


        class BakeoffMPNetConfig(MPNetConfig):
            model_type = "bakeoff-mpnet"


        class BakeoffMPNetForSequenceClassification(BertPooled, MPNetPreTrainedModel):
            config_class = BakeoffMPNetConfig

            def __init__(self, config):
                super().__init__(config)
                self.build(config, MPNetModel, add_pooling_layer=False)

            def head_dropout(self, config):
                return config.hidden_dropout_prob

        """#
}
