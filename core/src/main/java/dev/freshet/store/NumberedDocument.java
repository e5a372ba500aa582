package dev.freshet.store;

/// One document of a sequence.
///
/// @param number its place, from 0
/// @param text the whole document, usually JSON
public record NumberedDocument(long number, String text) {}
