package dev.freshet.control;

/// Somebody's wish that a holder loses the task although its lease runs on. It is for one claim only: whoever took the
/// task after that keeps it. The claim that carries it out is like one after an expiry, with a new token and fence.
///
/// @param token of the claim that is to end
/// @param by who wants it, for the ledger: `ann@workstation`
public record Eviction(String token, String by) {
    boolean meets(TaskRow row) {
        return row.isHeldBy(token);
    }
}
