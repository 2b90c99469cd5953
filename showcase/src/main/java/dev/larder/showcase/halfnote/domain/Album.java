package dev.larder.showcase.halfnote.domain;

/**
 * An album as Halfnote's own database knows it; everything else is in the external catalogue.
 *
 * @param id Halfnote's number for the album
 * @param catalogueId the album's id in the external catalogue
 * @param title as imported
 * @param artist as imported
 */
public record Album(long id, String catalogueId, String title, String artist) {}
