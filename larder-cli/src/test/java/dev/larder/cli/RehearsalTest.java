package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RehearsalTest {

  /** A command that fails takes fewer classes, and starts slower ever after. */
  @Test
  void rehearsal_runsEachCommandToItsEnd() throws IOException {
    assertThat(Rehearsal.failed()).isEmpty();
  }
}
