package dev.freshet.event;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.List;

/// Groups of a batch that can never be stored, and why. Nothing of the batch was put in this attempt.
final class RefusedGroupsException extends FreshetException {
    private static final long serialVersionUID = 1;

    private final transient List<EventGroup> groups;

    RefusedGroupsException(List<EventGroup> groups, String reason) {
        super(ErrorCode.VALUE_MISFIT, reason);
        this.groups = List.copyOf(groups);
    }

    List<EventGroup> groups() {
        return groups;
    }
}
