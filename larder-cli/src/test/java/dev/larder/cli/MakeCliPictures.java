package dev.larder.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Runs {@link CliPictures} when it is named, and in no suite:
 *
 * <pre>./mvnw -pl larder-cli -am test -Dtest=MakeCliPictures -Dlarder.pictures=$PWD/docs/images \
 *   -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class MakeCliPictures {

  @Test
  void make() throws IOException {
    CliPictures.make(Path.of(System.getProperty("larder.pictures", "target/pictures")));
  }
}
