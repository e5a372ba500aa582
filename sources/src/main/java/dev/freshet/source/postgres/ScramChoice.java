package dev.freshet.source.postgres;

/// How a login by SCRAM goes.
///
/// @param mechanism its name
/// @param header tells the server whether the login is bound to the encryption, or why not
/// @param binding what it is bound to
/// @param nonce letters that nobody can guess
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScramChoice(String mechanism, String header, byte[] binding, String nonce) {}
