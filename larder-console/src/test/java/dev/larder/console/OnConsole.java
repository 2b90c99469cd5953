package dev.larder.console;

import static dev.larder.console.Client.TOKEN;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A console that allows everything, of a larder of figures. */
abstract class OnConsole {

  final FakeManagement management = new FakeManagement();
  Client client;
  private Mounted console;

  @BeforeEach
  void open() throws Exception {
    console = Mounted.of(
        management,
        ConsoleSettings.builder()
            .token(TOKEN)
            .allowActions(true)
            .tokenSeesValues(true)
            .maxStreams(4)
            .build());
    client = new Client(console);
  }

  @AfterEach
  void close() throws Exception {
    console.close();
  }
}
