"""The product as it runs on AWS: from a release, by the boot script, the commands and the handlers, against servers of others."""
