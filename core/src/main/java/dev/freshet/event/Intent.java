package dev.freshet.event;

/// What a batch was, or is about to be, committed as. Exactly this number in the log, after `since`, proves that it is
/// there.
///
/// @param lane the application id of the `txn` action, `lane:<slot>`
/// @param number the slot's fence version times 2^20, plus a count
/// @param since a version of the table from before the first attempt; -1 when there was no table
record Intent(String lane, long number, long since) {}
