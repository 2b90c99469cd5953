package dev.larder.console;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the console, and for what. Closed as it comes: without a token and a role nothing is
 * served.
 *
 * @param token what opens the console to whoever knows it, 16 to 512 characters; null for none
 * @param viewRoles roles of the servlet container that may look
 * @param actRoles roles that may act too; they may look as well
 * @param valueRoles roles that may see stored values; they may look as well
 * @param allowsActions whether anybody may act at all; off by default
 * @param tokenSeesValues whether the token shows stored values; off by default
 * @param secretCaches caches whose values nobody sees and whose keys are shown without their parts
 * @param history how long figures are kept for the chart, 0 (none) to 1 h; 10 min by default
 * @param maxStreams most live streams at once, 1 to 1,000; 32 by default
 * @param loginLength how long a log-in with the token lasts, 1 min to 7 days; 8 h by default
 */
public record ConsoleSettings(
    @Nullable String token,
    Set<String> viewRoles,
    Set<String> actRoles,
    Set<String> valueRoles,
    boolean allowsActions,
    boolean tokenSeesValues,
    Set<String> secretCaches,
    Duration history,
    int maxStreams,
    Duration loginLength) {

  /** Fewest characters of a token. */
  public static final int SHORTEST_TOKEN = 16;

  private static final int LONGEST_TOKEN = 512;
  private static final Duration LONGEST_HISTORY = Duration.ofHours(1);
  private static final Duration SHORTEST_LOGIN = Duration.ofMinutes(1);
  private static final Duration LONGEST_LOGIN = Duration.ofDays(7);
  private static final int MOST_STREAMS = 1_000;

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException naming each setting that is out of range, without the token itself
   */
  public ConsoleSettings {
    viewRoles = Set.copyOf(viewRoles);
    actRoles = Set.copyOf(actRoles);
    valueRoles = Set.copyOf(valueRoles);
    secretCaches = Set.copyOf(secretCaches);
    StringBuilder faults = new StringBuilder();
    if (token != null && (token.length() < SHORTEST_TOKEN || token.length() > LONGEST_TOKEN)) {
      faults.append("token: ").append(token.length()).append(" characters are not 16 to 512; ");
    }
    if (token != null && !token.chars().allMatch(each -> each > ' ' && each < 127)) {
      faults.append("token: not all characters are visible ASCII; ");
    }
    check(faults, "history", history, Duration.ZERO, LONGEST_HISTORY);
    check(faults, "loginLength", loginLength, SHORTEST_LOGIN, LONGEST_LOGIN);
    if (maxStreams < 1 || maxStreams > MOST_STREAMS) {
      faults.append("maxStreams: ").append(maxStreams).append(" is not 1 to 1000; ");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("console: " + faults.substring(0, faults.length() - 2));
    }
  }

  private static void check(
      StringBuilder faults, String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      faults
          .append(name)
          .append(": ")
          .append(value)
          .append(" is not ")
          .append(least)
          .append(" to ")
          .append(most)
          .append("; ");
    }
  }

  /** A builder of a closed console. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether anybody may use it. */
  public boolean isOpen() {
    return token != null || !viewRoles.isEmpty() || !actRoles.isEmpty() || !valueRoles.isEmpty();
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "ConsoleSettings[token=" + (token == null ? "none" : "set") + ", viewRoles=" + viewRoles
        + ", actRoles=" + actRoles + ", valueRoles=" + valueRoles + ", allowsActions="
        + allowsActions + "]";
  }

  /** Collects settings; not safe for many threads. */
  public static final class Builder {
    private @Nullable String token;
    private final Set<String> viewRoles = new LinkedHashSet<>();
    private final Set<String> actRoles = new LinkedHashSet<>();
    private final Set<String> valueRoles = new LinkedHashSet<>();
    private boolean allowsActions;
    private boolean tokenSeesValues;
    private Set<String> secretCaches = Set.of("session", "sessions");
    private Duration history = Duration.ofMinutes(10);
    private int maxStreams = 32;
    private Duration loginLength = Duration.ofHours(8);

    private Builder() {}

    /** Opens the console to whoever knows the token. */
    public Builder token(String secret) {
      this.token = secret;
      return this;
    }

    /** Adds a role that may look. */
    public Builder viewRole(String role) {
      viewRoles.add(role);
      return this;
    }

    /** Adds a role that may look and, where actions are allowed, act. */
    public Builder actRole(String role) {
      actRoles.add(role);
      return this;
    }

    /** Adds a role that may look and see stored values. */
    public Builder valueRole(String role) {
      valueRoles.add(role);
      return this;
    }

    /** Whether invalidating, refreshing, switching and warming are allowed at all. */
    public Builder allowActions(boolean allowed) {
      this.allowsActions = allowed;
      return this;
    }

    /** Whether the token shows stored values. */
    public Builder tokenSeesValues(boolean seen) {
      this.tokenSeesValues = seen;
      return this;
    }

    /** Caches whose values and key parts are shown to nobody, in place of the default ones. */
    public Builder secretCaches(Set<String> names) {
      this.secretCaches = names;
      return this;
    }

    /** How long figures are kept for the chart. */
    public Builder history(Duration length) {
      this.history = length;
      return this;
    }

    /** Most live streams at once. */
    public Builder maxStreams(int most) {
      this.maxStreams = most;
      return this;
    }

    /** How long a log-in lasts. */
    public Builder loginLength(Duration length) {
      this.loginLength = length;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if some are out of range
     */
    public ConsoleSettings build() {
      return new ConsoleSettings(
          token,
          viewRoles,
          actRoles,
          valueRoles,
          allowsActions,
          tokenSeesValues,
          secretCaches,
          history,
          maxStreams,
          loginLength);
    }
  }
}
