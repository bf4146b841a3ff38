<?php
/**
 * The WordPress functions that the plugin calls, as plain as they can be. Reads from standard input
 * {"site", "url", "modules", "times"}; prints what the shortcode gives each time, and the scripts.
 */

define( 'ABSPATH', __DIR__ );
$asked = json_decode( stream_get_contents( STDIN ), true );
if ( null !== $asked['site'] ) {
	define( 'LIVEBLOG_SITE', $asked['site'] );
}
$shortcodes = array();
$transients = array();
$scripts    = array();

function add_shortcode( $name, $callback ) {
	$GLOBALS['shortcodes'][ $name ] = $callback;
}
function shortcode_atts( $defaults, $given ) {
	return array_intersect_key( (array) $given, $defaults ) + $defaults;
}
function untrailingslashit( $text ) {
	return rtrim( $text, '/\\' );
}
function trailingslashit( $text ) {
	return untrailingslashit( $text ) . '/';
}
function esc_url_raw( $url ) {
	return preg_match( '#^https?://#', $url ) ? str_replace( array( '"', '<', '>', ' ' ), '', $url ) : '';
}
function esc_url( $url ) {
	return htmlspecialchars( esc_url_raw( $url ) );
}
function get_transient( $key ) {
	return $GLOBALS['transients'][ $key ] ?? false;
}
function set_transient( $key, $value, $seconds ) {
	$GLOBALS['transients'][ $key ] = $value;
}
function wp_remote_get( $url, $arguments ) {
	$context = stream_context_create( array( 'http' => array( 'ignore_errors' => true, 'timeout' => $arguments['timeout'] ) ) );
	$body    = @file_get_contents( $url, false, $context );
	return false === $body ? null : array( 'status' => (int) explode( ' ', $http_response_header[0] )[1], 'body' => $body );
}
// WordPress gives '' for the error that stands for an answer where there is none.
function wp_remote_retrieve_response_code( $answer ) {
	return $answer['status'] ?? '';
}
function wp_remote_retrieve_body( $answer ) {
	return $answer['body'] ?? '';
}
if ( $asked['modules'] ) {
	function wp_enqueue_script_module( $id, $source, $dependencies, $version ) {
		$GLOBALS['scripts'][ $id ] = $source;
	}
}

require $argv[1];

$shown = array();
for ( $time = 0; $time < $asked['times']; $time++ ) {
	$shown[] = $shortcodes['liveblog']( array( 'url' => $asked['url'] ) );
}
echo json_encode( array( 'shown' => $shown, 'scripts' => $scripts ) );
