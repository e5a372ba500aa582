package dev.freshet.catalog;

import static dev.freshet.catalog.Sensitivity.FINANCIAL;
import static dev.freshet.catalog.Sensitivity.PII;
import static dev.freshet.catalog.Sensitivity.SECRET;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The words that the names of sensitive columns are made of: English, and the commonest of German, French,
/// Spanish, Italian, Portuguese, Dutch and Polish. Data, no logic.
final class NameRules {
    private static final double SURE = 0.95;
    private static final double LIKELY = 0.8;
    private static final double POSSIBLE = 0.6;

    /// Whose name is a person's name. `name` alone names products, files and companies as often, and is not one.
    private static final List<String> PERSONS = words("""
            account holder, author, buyer, candidate, caller, cardholder, client, contact, customer, doctor, driver,
            employee, guest, guardian, holder, kunde, kunden, lead, manager, member, mitarbeiter, passenger, patient,
            payee, payer, person, personal, recipient, seller, sender, student, supervisor, teacher, tenant, user,
            visitor, worker""");

    /// What follows a sensitive word when the column only says something about the value, and does not hold it.
    static final Set<String> ABOUT = Set.copyOf(words("""
            active, app, at, attempt, attempts, available, body, campaign, category, changed, client, confirmed, count,
            country, created, currency, date, deleted, device, domain, enabled, expired, expires, expiry, file, flag,
            format, frequency, hint, history, id, ids, kind, label, language, len, length, limit, list, locale,
            matched, notification, notifications, opt, optin, os, path, policy, position, preference, preferences,
            provider, rank, required, reset, rotated, same, sent, sequence, server, service, setting, settings, site,
            size, source, state, status, strength, subject, template, ttl, type, types, unsubscribed, updated, usage,
            used, valid, validated, verified, version"""));

    /// What a name begins with when the column holds a yes or no, or a number of things.
    static final Set<String> YES_OR_COUNT = Set.copyOf(
            words("allow, avg, can, count, has, is, max, min, needs, num, requires, send, should, total, was"));

    /// Words before an address that is nobody's home.
    static final Set<String> TECHNICAL =
            Set.copyOf(words("bus, contract, host, memory, register, return, server, web, website"));

    private NameRules() {}

    /// The surest first.
    static List<NameRule> all() {
        List<NameRule> rules = new ArrayList<>();
        add(rules, SECRET, SURE, """
                password, passwd, pwd, passphrase, pass phrase, passcode, pass code, secret, api key, apikey,
                private key, privatekey, access key, accesskey, secret key, signing key, encryption key, ssh key,
                client secret, credential, credentials, kennwort, passwort, mot de passe, motdepasse, contrasena,
                senha, wachtwoord, haslo""");
        add(rules, SECRET, LIKELY, """
                token, jwt, salt, auth key, otp, totp, cvv, cvc, security answer, recovery code, backup code""");
        add(rules, SECRET, POSSIBLE, "pin, pin code, session key");
        add(rules, FINANCIAL, SURE, """
                iban, credit card, creditcard, card number, cardnumber, credit card number, cc number, cc num, pan number,
                debit card, bank account, account number, accountnumber, account no, acct no, acct number,
                routing number, sort code, salary, salaries, payroll, gehalt, lohn, kontonummer, bankverbindung,
                salaire, salario, sueldo, stipendio, salaris, rekeningnummer, numero compte, numero cuenta""");
        add(rules, FINANCIAL, LIKELY, """
                wage, wages, income, net worth, credit score, credit limit, account balance, bank balance, compensation,
                card last 4, card expiry, card expiration, card exp, swift code, swift, wallet address""");
        add(rules, PII, SURE, """
                email, e mail, email address, mail address, emailaddress, courriel, correo, correo electronico, phone,
                phone number, phonenumber, telephone, telefon, telefonnummer, telefono, telefone, telefoon,
                telefoonnummer, handynummer, mobilnummer, cellulare, mobile number, mobile phone, cell phone,
                cell number, first name, firstname, fname, last name, lastname, lname, full name, fullname, surname,
                given name, family name, middle name, maiden name, name first, name last, vorname, nachname,
                familienname, prenom, nom famille, nom de famille, apellido, apellidos, cognome, sobrenome, voornaam,
                achternaam, imie, nazwisko, ssn, social security, passport, passport number, national id,
                identity card, personal id, tax id, taxpayer, drivers license, driver license,
                driving licence, steuernummer, steuer id, ausweisnummer, codice fiscale, dni, cpf, curp, aadhaar,
                pesel, bsn, nino, date of birth, dateofbirth, birth date, birthdate, birthday, dob, birth,
                geburtsdatum, geburtstag, geburtsort, date naissance, naissance, nacimiento, nascita, nascimento,
                geboortedatum, urodzenia, birthplace""");
        add(rules, PII, LIKELY, """
                address, addr, address line, street, street address, streetaddress, home address, postal address,
                house number, anschrift, adresse, strasse, hausnummer, direccion, domicilio, calle, indirizzo,
                endereco, straat, straatnaam, huisnummer, ulica, rue, zip, zip code, zipcode, postal code,
                postalcode, post code, postcode, plz, postleitzahl, code postal, codigo postal, ip, ip address,
                ipaddress, ip addr, remote addr, client ip, ipv 4, ipv 6, mac address, fax, fax number, handy,
                mobile, msisdn, imei, license plate, number plate, kennzeichen, biometric, ethnicity, religion,
                marital status, medical record, diagnosis""");
        PERSONS.forEach(person -> add(rules, PII, LIKELY, person + " name"));
        add(rules, PII, POSSIBLE, """
                mail, gender, sex, geschlecht, nationality, username, user name, benutzername, login name, nickname,
                latitude, longitude, lat, lng, lon, geolocation, geo location, geo point, gps, coordinates""");
        return List.copyOf(rules);
    }

    private static void add(List<NameRule> rules, Sensitivity sensitivity, double score, String phrases) {
        for (String phrase : words(phrases)) {
            rules.add(new NameRule(sensitivity, score, List.of(phrase.split(" "))));
        }
    }

    private static List<String> words(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).toList();
    }
}
