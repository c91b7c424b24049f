"""What is for sale, what is ordered, and the papers about it; triggers keep invoices and payments as they were written."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from events.guards import guards, unguards

KEPT = {"Invoice": "issued_by_id", "Payment": "by_id"}


def put_up(apps, schema_editor):
    for name, person in KEPT.items():
        meta = apps.get_model("registrations", name)._meta
        columns = [field.column for field in meta.concrete_fields]
        for statement in guards(schema_editor.connection.vendor, meta.db_table, columns, person):
            schema_editor.execute(statement, params=None)


def take_down(apps, schema_editor):
    for name in KEPT:
        for statement in unguards(
            schema_editor.connection.vendor, apps.get_model("registrations", name)._meta.db_table
        ):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0006_activity_steps_and_status_changes"),
        ("registrations", "0011_halls_and_stands"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CardEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_id", models.CharField(max_length=120, unique=True)),
                ("kind", models.CharField(max_length=80)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("outcome", models.CharField(max_length=40)),
                ("about", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "verbose_name": "message from Stripe",
                "verbose_name_plural": "messages from Stripe",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AddOn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="name in English")),
                (
                    "price_ore",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(100000000)],
                        verbose_name="price without VAT",
                    ),
                ),
                (
                    "vat_rate",
                    models.PositiveSmallIntegerField(
                        choices=[(25, "25 %"), (12, "12 %"), (6, "6 %"), (0, "Exempt")], default=25, verbose_name="VAT"
                    ),
                ),
                (
                    "limit",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Leave empty when there is no limit.",
                        null=True,
                        verbose_name="how many there are",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="no longer sold since")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "most",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="at most for one company",
                    ),
                ),
                (
                    "power_w",
                    models.PositiveIntegerField(
                        default=0, help_text="That each one adds to the stand.", verbose_name="power (W)"
                    ),
                ),
                (
                    "badges",
                    models.PositiveSmallIntegerField(default=0, help_text="That each one adds.", verbose_name="badges"),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "extra",
                "verbose_name_plural": "extras",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Biller",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vat_number", models.CharField(max_length=20, verbose_name="VAT number")),
                ("street", models.CharField(max_length=120, verbose_name="street address")),
                ("postal_code", models.CharField(max_length=12, verbose_name="postal code")),
                ("city", models.CharField(max_length=60, verbose_name="city")),
                ("seat", models.CharField(blank=True, max_length=60, verbose_name="registered seat")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail for questions about invoices")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                ("bankgiro", models.CharField(max_length=9, verbose_name="bankgiro")),
                ("iban", models.CharField(blank=True, max_length=34, verbose_name="IBAN")),
                ("bic", models.CharField(blank=True, max_length=11, verbose_name="BIC")),
                ("is_f_tax_approved", models.BooleanField(default=False, verbose_name="approved for F-tax")),
                (
                    "series_prefix",
                    models.CharField(
                        blank=True,
                        help_text="Such as IUC.",
                        max_length=8,
                        verbose_name="first letters of the invoice number",
                    ),
                ),
                (
                    "late_interest",
                    models.CharField(
                        blank=True,
                        help_text="As it shall stand on the invoice; empty: by the Interest Act.",
                        max_length=120,
                        verbose_name="interest on late payment",
                    ),
                ),
                (
                    "peppol_id",
                    models.CharField(
                        blank=True,
                        help_text="Such as 0007:5590123456, for e-invoices.",
                        max_length=60,
                        verbose_name="Peppol address",
                    ),
                ),
                (
                    "receivable_account",
                    models.CharField(
                        default="1510",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for customers' debts",
                    ),
                ),
                (
                    "bank_account",
                    models.CharField(
                        default="1930",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for the bank",
                    ),
                ),
                (
                    "card_account",
                    models.CharField(
                        default="1580",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for card payments",
                    ),
                ),
                (
                    "sales_account",
                    models.CharField(
                        default="3041",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for sales, 25 %",
                    ),
                ),
                (
                    "sales_12_account",
                    models.CharField(
                        default="3042",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for sales, 12 %",
                    ),
                ),
                (
                    "sales_6_account",
                    models.CharField(
                        default="3043",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for sales, 6 %",
                    ),
                ),
                (
                    "exempt_account",
                    models.CharField(
                        default="3044",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for sales without VAT",
                    ),
                ),
                (
                    "eu_account",
                    models.CharField(
                        default="3308",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for sales in the EU",
                    ),
                ),
                (
                    "export_account",
                    models.CharField(
                        default="3305",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for sales outside the EU",
                    ),
                ),
                (
                    "vat_account",
                    models.CharField(
                        default="2611",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for VAT, 25 %",
                    ),
                ),
                (
                    "vat_12_account",
                    models.CharField(
                        default="2621",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for VAT, 12 %",
                    ),
                ),
                (
                    "vat_6_account",
                    models.CharField(
                        default="2631",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for VAT, 6 %",
                    ),
                ),
                (
                    "rounding_account",
                    models.CharField(
                        default="3740",
                        max_length=4,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[1-9][0-9]{3}$", "An account has four digits, such as 3041."
                            )
                        ],
                        verbose_name="account for rounding",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "issuer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="biller", to="events.issuer"
                    ),
                ),
            ],
            options={
                "verbose_name": "what the invoices say of the issuer",
                "verbose_name_plural": "what the invoices say of the issuers",
            },
        ),
        migrations.CreateModel(
            name="BankFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="file")),
                (
                    "format",
                    models.CharField(
                        choices=[("bgmax", "BgMax"), ("camt.054", "camt.054")], max_length=10, verbose_name="format"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("read_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="read")),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "biller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_files",
                        to="registrations.biller",
                    ),
                ),
            ],
            options={
                "verbose_name": "file from the bank",
                "verbose_name_plural": "files from the bank",
                "ordering": ["-read_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Discount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="Letters and digits; capitals make no difference.",
                        max_length=30,
                        verbose_name="code",
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="per cent off",
                    ),
                ),
                (
                    "amount_ore",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100000000)],
                        verbose_name="amount off, without VAT",
                    ),
                ),
                (
                    "limit",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Leave empty when there is no limit.",
                        null=True,
                        verbose_name="how many times",
                    ),
                ),
                ("until_at", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Stands on the invoice, such as “Partner”.",
                        max_length=120,
                        verbose_name="what it is for",
                    ),
                ),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="no longer valid since")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="discounts", to="events.event"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discounts",
                        to="registrations.organisation",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "discount",
                "verbose_name_plural": "discounts",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=30, verbose_name="invoice number")),
                ("kind", models.CharField(choices=[("invoice", "Invoice"), ("credit", "Credit note")], max_length=10)),
                ("part", models.PositiveSmallIntegerField(default=1)),
                ("buyer", models.CharField(max_length=160, verbose_name="buyer")),
                ("issued_on", models.DateField(verbose_name="date of the invoice")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("ocr", models.CharField(max_length=25, unique=True, verbose_name="OCR")),
                ("net_ore", models.BigIntegerField(verbose_name="without VAT")),
                ("vat_ore", models.BigIntegerField(verbose_name="VAT")),
                ("rounding_ore", models.SmallIntegerField(verbose_name="rounding")),
                ("payable_ore", models.BigIntegerField(verbose_name="to pay")),
                ("contents", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("pdf_sha256", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "credits",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credit_notes",
                        to="registrations.invoice",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invoices", to="events.event"
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "invoice",
                "verbose_name_plural": "invoices",
                "ordering": ["series", "number"],
            },
        ),
        migrations.CreateModel(
            name="Difference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=40)),
                ("ours_ore", models.BigIntegerField(blank=True, null=True)),
                ("theirs_ore", models.BigIntegerField(blank=True, null=True)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "seen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="registrations.invoice",
                    ),
                ),
            ],
            options={
                "verbose_name": "difference from Stripe",
                "verbose_name_plural": "differences from Stripe",
                "ordering": ["-found_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bill_name", models.CharField(blank=True, max_length=160, verbose_name="name on the invoice")),
                ("bill_number", models.CharField(blank=True, max_length=20, verbose_name="organisation number")),
                ("bill_street", models.CharField(blank=True, max_length=120, verbose_name="street address")),
                ("bill_postal_code", models.CharField(blank=True, max_length=12, verbose_name="postal code")),
                ("bill_city", models.CharField(blank=True, max_length=60, verbose_name="city")),
                ("bill_country", models.CharField(default="SE", max_length=2, verbose_name="country")),
                ("bill_vat_number", models.CharField(blank=True, max_length=20, verbose_name="VAT number")),
                ("bill_email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail for the invoice")),
                (
                    "bill_reference",
                    models.CharField(
                        blank=True,
                        help_text="A name or a code that your accounting asks for.",
                        max_length=80,
                        verbose_name="your reference",
                    ),
                ),
                (
                    "bill_order_number",
                    models.CharField(blank=True, max_length=40, verbose_name="purchase order number"),
                ),
                ("bill_peppol_id", models.CharField(blank=True, max_length=60, verbose_name="Peppol address")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Not sent yet"),
                            ("requested", "Asked for"),
                            ("offered", "Offered"),
                            ("confirmed", "Confirmed"),
                            ("lapsed", "The offer has ended"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("language", models.CharField(default="sv", max_length=2)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("priced_at", models.DateTimeField(blank=True, null=True, verbose_name="price given")),
                ("offered_at", models.DateTimeField(blank=True, null=True, verbose_name="offered")),
                ("offer_ends_at", models.DateTimeField(blank=True, null=True, verbose_name="the offer ends")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "cost_of_cancelling",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="cost of cancelling (%)"),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "discount",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="registrations.discount",
                        verbose_name="discount",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="events.event"
                    ),
                ),
                (
                    "exhibitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="registrations.exhibitor"
                    ),
                ),
            ],
            options={
                "verbose_name": "order",
                "verbose_name_plural": "orders",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="invoice",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="invoices", to="registrations.order"
            ),
        ),
        migrations.CreateModel(
            name="OrderAddOn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "quantity",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="how many"
                    ),
                ),
                (
                    "addon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="registrations.addon"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="addons", to="registrations.order"
                    ),
                ),
            ],
            options={
                "verbose_name": "ordered extra",
                "verbose_name_plural": "ordered extras",
            },
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=200)),
                ("quantity", models.SmallIntegerField()),
                ("unit_ore", models.PositiveIntegerField()),
                ("vat_rate", models.PositiveSmallIntegerField()),
                (
                    "vat_category",
                    models.CharField(
                        choices=[("S", "STANDARD"), ("E", "EXEMPT"), ("AE", "REVERSE"), ("O", "OUTSIDE")], max_length=2
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="registrations.order"
                    ),
                ),
            ],
            options={
                "verbose_name": "line of an order",
                "verbose_name_plural": "lines of orders",
                "ordering": ["order", "position"],
            },
        ),
        migrations.CreateModel(
            name="Package",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="name in English")),
                (
                    "price_ore",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(100000000)],
                        verbose_name="price without VAT",
                    ),
                ),
                (
                    "vat_rate",
                    models.PositiveSmallIntegerField(
                        choices=[(25, "25 %"), (12, "12 %"), (6, "6 %"), (0, "Exempt")], default=25, verbose_name="VAT"
                    ),
                ),
                (
                    "limit",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Leave empty when there is no limit.",
                        null=True,
                        verbose_name="how many there are",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="no longer sold since")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "contents",
                    models.TextField(
                        blank=True,
                        help_text="One thing a line, such as “Stand of 9 m²”.",
                        max_length=1000,
                        verbose_name="what is in it",
                    ),
                ),
                (
                    "contents_en",
                    models.TextField(blank=True, max_length=1000, verbose_name="what is in it, in English"),
                ),
                (
                    "early_price_ore",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100000000)],
                        verbose_name="early price without VAT",
                    ),
                ),
                ("early_until_at", models.DateTimeField(blank=True, null=True, verbose_name="early price until")),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="1 is the finest: when stands are given out, lower ranks come first.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                        verbose_name="rank",
                    ),
                ),
                ("stand_m2", models.PositiveSmallIntegerField(default=0, verbose_name="size of the stand (m²)")),
                ("power_w", models.PositiveIntegerField(default=0, verbose_name="power (W)")),
                ("badges", models.PositiveSmallIntegerField(default=2, verbose_name="badges for stand staff")),
                ("shows_logo", models.BooleanField(default=True, verbose_name="the logo is shown on the event's page")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="%(class)ss", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "package",
                "verbose_name_plural": "packages",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="order",
            name="package",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="registrations.package",
                verbose_name="package",
            ),
        ),
        migrations.AddField(
            model_name="discount",
            name="packages",
            field=models.ManyToManyField(
                blank=True, related_name="discounts", to="registrations.package", verbose_name="packages"
            ),
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount_ore", models.BigIntegerField(verbose_name="amount")),
                (
                    "method",
                    models.CharField(
                        choices=[("bank", "Bankgiro"), ("card", "Card or Swish"), ("other", "Otherwise")],
                        max_length=10,
                        verbose_name="way to pay",
                    ),
                ),
                ("paid_on", models.DateField(verbose_name="day")),
                ("outside", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="registrations.invoice"
                    ),
                ),
                (
                    "takes_back",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back_by",
                        to="registrations.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment",
                "verbose_name_plural": "payments",
                "ordering": ["paid_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Checkout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("session_id", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ("payment_intent", models.CharField(blank=True, max_length=120)),
                ("url", models.URLField(blank=True, max_length=2000)),
                ("amount_ore", models.PositiveBigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("started", "Begun"), ("paid", "Paid"), ("ended", "Ended unpaid")],
                        default="started",
                        max_length=10,
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checkouts",
                        to="registrations.invoice",
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checkout",
                        to="registrations.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "card payment",
                "verbose_name_plural": "card payments",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="BankEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("outside", models.CharField(max_length=120)),
                ("amount_ore", models.BigIntegerField(verbose_name="amount")),
                ("currency", models.CharField(default="SEK", max_length=3, verbose_name="currency")),
                ("paid_on", models.DateField(verbose_name="day")),
                ("reference", models.CharField(blank=True, max_length=140, verbose_name="reference")),
                ("payer", models.CharField(blank=True, max_length=140, verbose_name="payer")),
                (
                    "payer_number",
                    models.CharField(blank=True, max_length=20, verbose_name="payer's organisation number"),
                ),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="message")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To settle"), ("matched", "Settled"), ("left", "Not ours")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("by_reference", models.BooleanField(default=False)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="registrations.bankfile"
                    ),
                ),
                (
                    "biller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_entries",
                        to="registrations.biller",
                    ),
                ),
                (
                    "suggested",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="registrations.invoice",
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_entry",
                        to="registrations.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment from the bank",
                "verbose_name_plural": "payments from the bank",
                "ordering": ["file", "position"],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("refund_id", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ("amount_ore", models.PositiveBigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked for"), ("done", "Paid back"), ("failed", "Failed")],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checkout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="refunds", to="registrations.checkout"
                    ),
                ),
                (
                    "credit_note",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="registrations.invoice",
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refund",
                        to="registrations.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "refund",
                "verbose_name_plural": "refunds",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("fee_ore", models.PositiveIntegerField(default=0)),
                ("pay_by_on", models.DateField()),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="registrations.invoice",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "ordering": ["invoice", "stage"],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "biller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="series", to="registrations.biller"
                    ),
                ),
            ],
            options={
                "verbose_name": "series of numbers",
                "verbose_name_plural": "series of numbers",
            },
        ),
        migrations.AddField(
            model_name="invoice",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="registrations.series"
            ),
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sells_at_once",
                    models.BooleanField(
                        default=False,
                        help_text="The company has its place when it sends its application, without your decision.",
                        verbose_name="first come, first served",
                    ),
                ),
                (
                    "offer_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="days that an offer stands",
                    ),
                ),
                (
                    "due_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="days to pay",
                    ),
                ),
                (
                    "reminder_days",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="days between reminders",
                    ),
                ),
                (
                    "reminder_fee_ore",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="At most 60 kr by law, and only if it was agreed; it is charged with the second reminder.",
                        validators=[django.core.validators.MaxValueValidator(6000)],
                        verbose_name="reminder fee",
                    ),
                ),
                ("free_until_on", models.DateField(blank=True, null=True, verbose_name="cancelling is free until")),
                ("half_until_on", models.DateField(blank=True, null=True, verbose_name="cancelling costs half until")),
                ("takes_cards", models.BooleanField(default=True, verbose_name="card and Swish, where it is set up")),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        help_text="Stand where the company confirms its order.",
                        max_length=2000,
                        verbose_name="further terms",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of sale",
                "verbose_name_plural": "terms of sale",
            },
        ),
        migrations.AddConstraint(
            model_name="addon",
            constraint=models.UniqueConstraint(
                fields=("event", "name"),
                name="addon_name_once_an_event",
                violation_error_message="There is an extra with that name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="addon",
            constraint=models.CheckConstraint(
                condition=models.Q(("price_ore__lte", 100000000)), name="addon_price_is_sound"
            ),
        ),
        migrations.AddConstraint(
            model_name="addon",
            constraint=models.CheckConstraint(
                condition=models.Q(("most__gte", 1), ("most__lte", 100)), name="addon_most_1_to_100"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankfile",
            constraint=models.UniqueConstraint(fields=("biller", "sha256"), name="bank_file_once_a_biller"),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.UniqueConstraint(fields=("about", "kind"), name="difference_once"),
        ),
        migrations.AddConstraint(
            model_name="orderaddon",
            constraint=models.UniqueConstraint(fields=("order", "addon"), name="addon_once_an_order"),
        ),
        migrations.AddConstraint(
            model_name="orderaddon",
            constraint=models.CheckConstraint(condition=models.Q(("quantity__gte", 1)), name="addon_at_least_one"),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.UniqueConstraint(fields=("order", "position"), name="order_line_once_a_position"),
        ),
        migrations.AddConstraint(
            model_name="orderline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity", 0), _negated=True), name="order_line_has_a_quantity"
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.UniqueConstraint(
                fields=("event", "name"),
                name="package_name_once_an_event",
                violation_error_message="There is a package with that name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("early_price_ore__isnull", True), ("early_until_at__isnull", True)),
                    models.Q(("early_price_ore__isnull", False), ("early_until_at__isnull", False)),
                    _connector="OR",
                ),
                name="package_early_price_has_a_day",
                violation_error_message="An early price needs its last day, and the day its price.",
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("price_ore__lte", 100000000),
                    models.Q(
                        ("early_price_ore__isnull", True),
                        ("early_price_ore__lte", models.F("price_ore")),
                        _connector="OR",
                    ),
                ),
                name="package_price_is_sound",
                violation_error_message="The early price is not above the price.",
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.CheckConstraint(
                condition=models.Q(("rank__gte", 1), ("rank__lte", 9)), name="package_rank_1_to_9"
            ),
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["event", "state"], name="registratio_event_i_a23f1a_idx"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "requested", "offered", "confirmed"])),
                fields=("exhibitor",),
                name="order_one_standing_an_exhibitor",
                violation_error_message="The exhibitor has an order already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    ("state", "cancelled"),
                    models.Q(("package__isnull", False), ("priced_at__isnull", False)),
                    _connector="OR",
                ),
                name="order_sent_has_a_price",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "offered"), _negated=True),
                    models.Q(("offer_ends_at__isnull", False), ("offered_at__isnull", False)),
                    _connector="OR",
                ),
                name="order_offer_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True), ("confirmed_at__isnull", False), _connector="OR"
                ),
                name="order_confirmed_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cost_of_cancelling__isnull", True), ("cost_of_cancelling__in", [0, 50, 100]), _connector="OR"
                ),
                name="order_cancelling_costs_none_half_or_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="discount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("event", "code"),
                name="discount_code_once_an_event",
                violation_error_message="That code is taken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discount",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation__isnull", False), ("retired_at__isnull", True)),
                fields=("event", "organisation"),
                name="discount_once_a_partner",
                violation_error_message="That company has a discount at this event already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discount",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), ("organisation__isnull", True), _negated=True),
                name="discount_is_for_somebody",
                violation_error_message="Give the discount a code, or say which company it is for.",
            ),
        ),
        migrations.AddConstraint(
            model_name="discount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount_ore__gte", 1), ("percent__isnull", True)),
                    models.Q(("amount_ore__isnull", True), ("percent__gte", 1), ("percent__lte", 100)),
                    _connector="OR",
                ),
                name="discount_per_cent_or_amount",
                violation_error_message="Give either a percentage (1–100) or an amount.",
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["paid_on"], name="registratio_paid_on_846f66_idx"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_ore", 0), _negated=True), name="payment_is_not_nothing"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outside__isnull", True), models.Q(("outside", ""), _negated=True), _connector="OR"
                ),
                name="payment_outside_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkout",
            constraint=models.CheckConstraint(condition=models.Q(("amount_ore__gte", 1)), name="checkout_of_something"),
        ),
        migrations.AddConstraint(
            model_name="checkout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("payment__isnull", False), ("state", "paid")),
                    models.Q(models.Q(("state", "paid"), _negated=True), ("payment__isnull", True)),
                    _connector="OR",
                ),
                name="checkout_paid_has_its_payment",
            ),
        ),
        migrations.AddIndex(
            model_name="bankentry",
            index=models.Index(fields=["biller", "state"], name="registratio_biller__f57c5c_idx"),
        ),
        migrations.AddConstraint(
            model_name="bankentry",
            constraint=models.UniqueConstraint(fields=("biller", "outside"), name="bank_entry_once"),
        ),
        migrations.AddConstraint(
            model_name="bankentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("payment__isnull", False), ("state", "matched")),
                    models.Q(models.Q(("state", "matched"), _negated=True), ("payment__isnull", True)),
                    _connector="OR",
                ),
                name="bank_entry_matched_has_its_payment",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(condition=models.Q(("amount_ore__gte", 1)), name="refund_of_something"),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("payment__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("payment__isnull", True)),
                    _connector="OR",
                ),
                name="refund_done_has_its_payment",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("invoice", "stage"), name="reminder_once_a_stage"),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__gte", 1), ("stage__lte", 3)), name="reminder_three_stages"
            ),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.UniqueConstraint(fields=("biller", "year"), name="series_once_a_biller_and_year"),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(fields=["event", "issued_on"], name="registratio_event_i_2c5b09_idx"),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(fields=("series", "number"), name="invoice_number_once_a_series"),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "invoice")), fields=("order", "part"), name="invoice_once_an_order_and_part"
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="invoice_numbers_from_one"),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "payable_ore",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("net_ore"), "+", models.F("vat_ore")
                            ),
                            "+",
                            models.F("rounding_ore"),
                        ),
                    )
                ),
                name="invoice_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("credits__isnull", True), ("due_on__isnull", False), ("kind", "invoice")),
                    models.Q(("credits__isnull", False), ("kind", "credit"), ("payable_ore__lte", 0)),
                    _connector="OR",
                ),
                name="invoice_or_credit_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("free_until_on__isnull", True),
                    ("half_until_on__isnull", True),
                    ("half_until_on__gte", models.F("free_until_on")),
                    _connector="OR",
                ),
                name="terms_half_after_free",
                violation_error_message="The day until which it costs half is not before the day it is free.",
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(("reminder_fee_ore__lte", 6000)), name="terms_reminder_fee_by_law"
            ),
        ),
        migrations.RunPython(put_up, take_down),
    ]
