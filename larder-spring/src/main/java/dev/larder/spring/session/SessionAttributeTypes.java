package dev.larder.spring.session;

/** A bean that declares what an application keeps in its sessions. */
@FunctionalInterface
public interface SessionAttributeTypes {

  /** Adds types. Called once, when the repository is made. */
  void declare(AttributeTypes.Builder types);
}
