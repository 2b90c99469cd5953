package dev.larder.spring.boot;

import dev.larder.TierUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a tier that does not answer at the start. */
final class TierFailureAnalyzer extends AbstractFailureAnalyzer<TierUnavailableException> {

  TierFailureAnalyzer() {}

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, TierUnavailableException cause) {
    return new FailureAnalysis(
        "A shared tier of Larder can't be reached. " + cause.getMessage(),
        "Start the server, or correct its address. To start without it, set"
            + " larder.fail-fast=false: Larder then skips the tier until it answers.",
        cause);
  }
}
