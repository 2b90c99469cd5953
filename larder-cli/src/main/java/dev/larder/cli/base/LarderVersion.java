package dev.larder.cli.base;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest carries, or a word for classes that run outside a jar. */
public final class LarderVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = LarderVersion.class.getPackage().getImplementationVersion();
    return new String[] {"larder " + (version == null ? "(not packaged)" : version)};
  }
}
