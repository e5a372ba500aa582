package dev.freshet.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "email",
                "e_mail",
                "EMail",
                "customer_email",
                "emailAddress",
                "EMAIL_ADDRESS",
                "email2",
                "phone",
                "phone_number",
                "PhoneNumber",
                "homePhone",
                "Telefonnummer",
                "cell_phone",
                "mobile",
                "fax",
                "first_name",
                "FirstName",
                "firstname",
                "LAST_NAME",
                "lastName",
                "full_name",
                "surname",
                "middle_name",
                "customer_name",
                "contactName",
                "employee_name",
                "name_first",
                "Vorname",
                "nachname",
                "prénom",
                "apellidos",
                "cognome",
                "achternaam",
                "nazwisko",
                "address",
                "Address1",
                "billing_address",
                "address_line_2",
                "street",
                "street_address",
                "Straße",
                "calle",
                "indirizzo",
                "endereço",
                "zip",
                "zip_code",
                "PostalCode",
                "BillingPostalCode",
                "plz",
                "code_postal",
                "date_of_birth",
                "birth_date",
                "BirthDate",
                "dob",
                "geburtsdatum",
                "fecha_nacimiento",
                "ssn",
                "social_security_number",
                "passport_number",
                "tax_id",
                "drivers_license_number",
                "codice_fiscale",
                "ip",
                "ip_address",
                "clientIp",
                "last_login_ip",
                "ipv4",
                "mac_address",
                "latitude",
                "geo_location",
                "gender",
                "username"
            })
    void aNameThatHoldsPersonalDataIsPii(String name) {
        assertThat(ColumnNames.classify(name).sensitivity()).isEqualTo(Sensitivity.PII);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iban", "customer_iban", "credit_card", "creditCardNumber", "card_number", "cc_number", "card_last4",
                "account_number", "bank_account", "BankAccountNo", "routing_number", "salary", "base_salary", "Gehalt",
                "sueldo", "monthly_income", "credit_limit", "kontonummer"
            })
    void aNameThatHoldsMoneyMattersOfSomebodyIsFinancial(String name) {
        assertThat(ColumnNames.classify(name).sensitivity()).isEqualTo(Sensitivity.FINANCIAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "password_hash",
                "hashedPassword",
                "PWD",
                "passwd",
                "user_password",
                "Passwort",
                "mot_de_passe",
                "contraseña",
                "api_key",
                "apiKey",
                "APIKey",
                "private_key",
                "secret_key",
                "aws_secret_access_key",
                "client_secret",
                "access_token",
                "refreshToken",
                "password_reset_token",
                "session_token",
                "jwt",
                "cvv",
                "otp",
                "pin"
            })
    void aNameThatHoldsAKeyToSomethingIsSecret(String name) {
        assertThat(ColumnNames.classify(name).sensitivity()).isEqualTo(Sensitivity.SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "name",
                "product_name",
                "file_name",
                "company_name",
                "hostname",
                "table_name",
                "event_name",
                "customer_company_name",
                "email_template_id",
                "email_sent_at",
                "email_verified",
                "is_email_verified",
                "email_count",
                "has_phone",
                "phone_type",
                "address_count",
                "address_id",
                "address_type",
                "number_of_addresses",
                "memory_address",
                "token_count",
                "total_tokens",
                "max_tokens",
                "tokens_used",
                "token_type",
                "token_expires",
                "password_changed_at",
                "password_policy",
                "price",
                "unit_price",
                "total",
                "amount",
                "currency",
                "order_date",
                "created_at",
                "updated_at",
                "status",
                "quantity",
                "customer_id",
                "user_id",
                "account_id",
                "card_type",
                "description",
                "city",
                "country",
                "state",
                "zip_file",
                "zipped",
                "ip_version",
                "shipping_method",
                "shipped",
                "streetwear",
                "passenger_count",
                "compass",
                "bypass",
                "keyboard",
                "primary_key",
                "foreign_key",
                "key",
                "monkey",
                "pinned",
                "spin",
                "mobile_app_version",
                "is_mobile",
                "latency",
                "platform",
                "flat_rate",
                "gender_neutral_flag",
                "page",
                "message",
                "storage",
                "author_id",
                "member_count",
                "birth_certificate_required",
                "assets",
                "blog",
                "",
                "___",
                "日付",
                "1"
            })
    void aNameThatOnlySoundsLikeItIsNothing(String name) {
        assertThat(ColumnNames.classify(name)).isEqualTo(Classification.NONE);
    }

    @Test
    void theReasonNamesTheWordsAndTheScoreSaysHowSure() {
        Classification sure = ColumnNames.classify("CustomerFirstName");
        assertThat(sure.reason()).isEqualTo("the column's name says \"first name\"");
        assertThat(sure.score()).isGreaterThan(ColumnNames.classify("username").score());
        assertThat(sure.metadata())
                .containsEntry("freshet.sensitivity", "pii")
                .containsEntry("freshet.sensitivity_score", "0.95")
                .containsEntry("freshet.sensitivity_reason", "the column's name says \"first name\"");
        assertThat(ColumnNames.classify("price").metadata()).isEmpty();
    }

    @Test
    void theMostSensitiveMeaningWins() {
        assertThat(ColumnNames.classify("email_password").sensitivity()).isEqualTo(Sensitivity.SECRET);
        assertThat(ColumnNames.classify("email_iban").sensitivity()).isEqualTo(Sensitivity.FINANCIAL);
    }
}
