"""The keeper of pictures, by the settings."""

from adapters.kit.aws import AwsService, NoClient, aws_client
from adapters.kit.call_figures import CallFigures
from adapters.kit.calls import Calls
from adapters.photos.local import LocalPhotos
from adapters.photos.s3 import REFUSALS, S3Photos
from scheduling_core.ports.system import Chance, Clock
from scheduling_core.seals import Seals
from settings import Settings, WrongSetting


def local_photos(settings: Settings, clock: Clock, seals: Seals) -> LocalPhotos:
    """Pictures in a folder of this machine."""
    return LocalPhotos(settings.var / "photos", clock, seals, public_url=settings.public_url)


def s3_photos(settings: Settings, clock: Clock, figures: CallFigures, chance: Chance) -> S3Photos:
    """Pictures in the bucket of the settings. Raise WrongSetting."""
    try:
        s3 = AwsService("s3", aws_client("s3"), Calls("s3", figures, chance), refusals=REFUSALS)
    except NoClient as wrong:
        raise WrongSetting(f"{wrong}. Set AWS_DEFAULT_REGION, and credentials where boto3 looks for them.") from None
    return S3Photos(s3, clock, bucket=settings.bucket.name, public_url=settings.bucket.public_url)
