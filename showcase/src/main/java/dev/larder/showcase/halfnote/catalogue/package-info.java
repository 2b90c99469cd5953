/**
 * The external album catalogue: who made an album and what is on it.
 *
 * <p>Halfnote keeps only title and artist itself. The rest belongs to somebody else's service, which
 * is slow and worth caching for an hour. Here that service is {@link
 * dev.larder.showcase.halfnote.catalogue.CatalogueServer}, a deliberately slow HTTP server on
 * loopback; {@link dev.larder.showcase.halfnote.catalogue.CatalogueClient} asks it. What it knows is
 * a {@link dev.larder.showcase.halfnote.catalogue.Catalogue}: invented, or read from a file.
 */
@NullMarked
package dev.larder.showcase.halfnote.catalogue;

import org.jspecify.annotations.NullMarked;
