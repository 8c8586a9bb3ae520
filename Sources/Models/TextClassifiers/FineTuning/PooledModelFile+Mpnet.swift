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
                self.num_labels = config.num_labels
                self.mpnet = MPNetModel(encoder_config(config, "hidden_act"), add_pooling_layer=False)
                self.dropout = nn.Dropout(config.hidden_dropout_prob)
                head = nn.Linear(config.hidden_size, config.num_labels)
                self.classifier = nn.Sequential(OrderedDict(out_proj=head))
                self.post_init()

        """#
}
