package dev.freshet.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        header = "Print the completion script for bash or zsh.",
        description = "Print the script that completes freshet's commands in a shell.",
        footer = {
            "",
            "Examples:",
            "  source <(freshet completion bash)      # in ~/.bashrc",
            "  source <(freshet completion zsh)       # in ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    /// The shells that are known.
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String ZSH_START = "autoload -U +X compinit && compinit\n";

    private final Session session;

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    Shell shell = Shell.BASH;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (spec == null) return ExitCode.USAGE;
        String script = AutoComplete.bash("freshet", spec.root().commandLine());
        session.out().print(shell == Shell.ZSH ? ZSH_START + script : script);
        session.out().flush();
        return ExitCode.OK;
    }
}
