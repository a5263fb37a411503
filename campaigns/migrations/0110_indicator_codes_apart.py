from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations, models
from django.db.models.functions import Coalesce, Sign

TAKEN = "Mã này đã có chỉ tiêu khác dùng."


class Migration(migrations.Migration):
    """An organisation's own indicator never has the code of a common one; each refusal says it in one sentence."""

    dependencies = [("campaigns", "0101_text_as_typed"), ("units", "0010_councils")]
    operations = [
        migrations.AddConstraint(
            model_name="indicator",
            constraint=ExclusionConstraint(
                expressions=[
                    ("code", "="),
                    (Sign(Coalesce("organisation", 0, output_field=models.BigIntegerField())), "<>"),
                ],
                name="indicator_own_code_not_common",
                violation_error_message=TAKEN,
            ),
        ),
        migrations.AlterConstraint(
            model_name="indicator",
            name="indicator_common_code_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation__isnull", True)),
                fields=("code",),
                name="indicator_common_code_once",
                violation_error_message=TAKEN,
            ),
        ),
        migrations.AlterConstraint(
            model_name="indicator",
            name="indicator_own_code_once",
            constraint=models.UniqueConstraint(
                fields=("organisation", "code"), name="indicator_own_code_once", violation_error_message=TAKEN
            ),
        ),
    ]
