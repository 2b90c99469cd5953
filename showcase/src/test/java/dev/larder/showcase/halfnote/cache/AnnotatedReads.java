package dev.larder.showcase.halfnote.cache;

import dev.larder.Larder;
import dev.larder.showcase.halfnote.source.Reads;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Halfnote's caches without the rest of Halfnote. Some are annotations, which take a context of Spring. */
record AnnotatedReads(AnnotationConfigApplicationContext context) implements AutoCloseable {

  static AnnotatedReads of(Larder larder, Reads source) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean("larder", Larder.class, () -> larder);
    context.registerBean("optimisedReads", Reads.class, () -> source);
    context.register(HalfnoteCaches.class);
    context.refresh();
    return new AnnotatedReads(context);
  }

  CachedReads reads() {
    return context.getBean(CachedReads.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
