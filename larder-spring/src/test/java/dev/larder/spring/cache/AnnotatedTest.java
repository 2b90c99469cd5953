package dev.larder.spring.cache;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What tests of Spring's annotations share: applications of one key prefix, closed after each test. */
abstract class AnnotatedTest {

  final String prefix = Servers.freshPrefix();
  final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  final AnnotatedService service(Layout layout) {
    AnnotatedApplication application = new AnnotatedApplication(layout, prefix);
    open.add(application);
    return application.service();
  }

  static AnnotatedService target(AnnotatedService service) {
    return AnnotatedApplication.target(service);
  }
}
