package dev.freshet.table;

/// What a former holder left behind: the mark of the last commit that moved a role's domain other than by raising
/// its fence, and that commit's version. The mark's fence is the one that the commit was made under.
public record Settled(Mark mark, long version) {}
