<?php
/**
 * Plugin Name: Liveblog
 * Description: [liveblog url="https://live.example.org/live/bridge/"] shows a live blog as part of the post.
 * Version: 1.0
 * Requires PHP: 7.4
 * License: BSD-3-Clause
 *
 * Put this file into wp-content/plugins/ and name your site in wp-config.php:
 *     define( 'LIVEBLOG_SITE', 'https://live.example.org' );
 */

defined( 'ABSPATH' ) || exit;

const LIVEBLOG_FRESH = 15; // Seconds: what the newsroom takes down is gone from here as soon.

/** Fetch the fragment of a story; what says that it was withdrawn too; else an empty text. */
function liveblog_fetch( $address ) {
	$key  = 'liveblog_' . md5( $address );
	$html = get_transient( $key );
	if ( false !== $html ) {
		return $html;
	}
	$answer = wp_remote_get( $address . 'fragment/', array( 'timeout' => 3 ) );
	$status = wp_remote_retrieve_response_code( $answer );
	$html   = in_array( $status, array( 200, 410 ), true ) ? wp_remote_retrieve_body( $answer ) : '';
	set_transient( $key, $html, LIVEBLOG_FRESH );
	return $html;
}

/** Show the story of an address; only of the site that wp-config.php names. */
function liveblog_shortcode( $attributes ) {
	$attributes = shortcode_atts( array( 'url' => '' ), $attributes );
	$address    = trailingslashit( esc_url_raw( $attributes['url'] ) );
	$site       = defined( 'LIVEBLOG_SITE' ) ? untrailingslashit( LIVEBLOG_SITE ) : '';
	if ( '' === $site || 0 !== strpos( $address, $site . '/live/' ) ) {
		return '';
	}
	$html = liveblog_fetch( $address );
	if ( '' === $html ) {
		return sprintf( '<p><a href="%1$s">%1$s</a></p>', esc_url( $address ) );
	}
	// A module script: WordPress prints it once, however many stories a page shows.
	if ( function_exists( 'wp_enqueue_script_module' ) ) {
		wp_enqueue_script_module( 'liveblog', $site . '/fragment.js', array(), null );
		return $html;
	}
	return $html . sprintf( '<script type="module" src="%s"></script>', esc_url( $site . '/fragment.js' ) );
}

add_shortcode( 'liveblog', 'liveblog_shortcode' );
