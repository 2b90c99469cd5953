package dev.larder.cli.base;

import dev.larder.cli.connect.Connection;
import dev.larder.cli.connect.Target;
import dev.larder.cli.exit.ExitCode;

/** A command that asks a larder by its management; subclasses say what. */
public abstract class OperatorCommand extends TargetCommand {

  /** For subclasses. */
  protected OperatorCommand() {}

  @Override
  protected final ExitCode ask(Target target) {
    try (Connection connection = surroundings().opening().open(target)) {
      Session session = session(connection.management(), target);
      connection.warnings().forEach(session::say);
      return run(session);
    }
  }

  /** Does what the command is for. */
  protected abstract ExitCode run(Session session);
}
