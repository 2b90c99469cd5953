package dev.larder.spring.thymeleaf;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the render of a fragment read that its key does not hold. One that read such an input is not
 * stored. Safe for many threads.
 */
final class FragmentInputs {

  private final FragmentScope scope;
  private final Set<String> unkeyed = Collections.synchronizedSet(new LinkedHashSet<>());

  FragmentInputs(FragmentScope scope) {
    this.scope = scope;
  }

  /** Notes an input of one request, such as {@code request parameter q}. */
  void read(String input) {
    unkeyed.add(input);
  }

  /** Notes that it was asked which user is asking. */
  void readUser(String input) {
    if (scope != FragmentScope.USER) {
      read(input);
    }
  }

  /** Notes that it was asked for a role. */
  void readRole(String input) {
    if (scope != FragmentScope.ROLES) {
      readUser(input);
    }
  }

  /** Notes a fragment inside. */
  void readFragment(FragmentScope inner, FragmentPlace place) {
    if (!scope.admits(inner)) {
      read("a fragment of the scope " + inner + " (" + place + ")");
    }
  }

  /** Why it is not stored; null if nothing was noted. */
  @Nullable String refusal() {
    synchronized (unkeyed) {
      return unkeyed.isEmpty()
          ? null
          : "it reads what is not in its key: " + String.join(", ", unkeyed);
    }
  }
}
