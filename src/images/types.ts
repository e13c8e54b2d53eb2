/** One thing in a layer, its path relative to the image's root and without a leading slash. */
export type Entry = FileEntry | DirectoryEntry | SymlinkEntry;

/** What every entry has. Names of users are never written: numbers mean the same on every machine. */
export interface Attributes {
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** A file: its bytes, or where to read them when the layer is written. */
export interface FileEntry extends Attributes {
  readonly type: 'file';
  readonly content: Buffer | { readonly file: string; readonly size: number };
}

/** A directory, for its mode and owner: parents of other entries need no entry of their own. */
export interface DirectoryEntry extends Attributes {
  readonly type: 'directory';
}

/** A symbolic link; its target is kept as it is given. */
export interface SymlinkEntry extends Attributes {
  readonly type: 'symlink';
  readonly target: string;
}

/** A file, directory or link that a definition spells out; mode and owner have the defaults of the source. */
export type InlineEntry = {
  readonly path: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
} & ({ readonly text: string } | { readonly link: string } | { readonly directory: true });

/** Where the files of one layer come from. */
export type LayerSource =
  | FilesSource
  | FolderSource
  | NpmSource
  | ProgramSource
  | GoSource
  | GoFileSource
  | JavaSource
  | MavenSource
  | DebianSource
  | BusyboxSource;

/** Files spelled out in the definition. */
export interface FilesSource {
  readonly kind: 'files';
  readonly entries: readonly InlineEntry[];
}

/** A folder of this machine. Files that someone may run become 0755, all others 0644, owned by root. */
export interface FolderSource {
  readonly kind: 'folder';
  readonly from: string;
  /** The names in the folder that are wanted; all of them where this is not given. */
  readonly only?: readonly string[];
  readonly to: string;
}

/** What `npm run <script>` of a workspace leaves in its `output` folder. */
export interface NpmSource {
  readonly kind: 'npm';
  readonly folder: string;
  readonly script: string;
  readonly output: string;
  readonly to: string;
}

/** A program of this machine with the shared libraries that it is linked to. */
export interface ProgramSource {
  readonly kind: 'program';
  readonly file: string;
  readonly to: string;
}

/** A Go program, statically linked: a prebuilt one of exactly this version where there is one, else built from its module. */
export interface GoSource {
  readonly kind: 'go';
  readonly package: string;
  /** The module that holds the package, where it is not the package itself. */
  readonly module?: string;
  readonly version: string;
  readonly to: string;
  /** The name of `<name>.xz` or `<name>` among the lab's binaries. */
  readonly prebuilt?: string;
}

/** A Go program of one file that uses nothing but Go's own library. */
export interface GoFileSource {
  readonly kind: 'go-file';
  readonly file: string;
  readonly to: string;
}

/** A Java runtime of the named modules, cut by `jlink` out of this machine's JDK. It needs glibc, libstdc++ and zlib. */
export interface JavaSource {
  readonly kind: 'java';
  readonly modules: readonly string[];
  /** Files of the modules to leave out, as patterns of `jlink`. */
  readonly without?: readonly string[];
  readonly to: string;
}

/** Jars and all that they need at run time, by coordinates `group:artifact:version`. */
export interface MavenSource {
  readonly kind: 'maven';
  readonly artifacts: readonly string[];
  /** Dependencies to leave out, as `group:artifact`. */
  readonly without?: readonly string[];
  readonly to: string;
}

/** Debian packages and all that they depend on, of the release that this machine's apt knows. Their scripts do not run. */
export interface DebianSource {
  readonly kind: 'debian';
  readonly packages: readonly string[];
  /** Packages to leave out, with what only they depend on. */
  readonly without?: readonly string[];
  /** Paths to leave out: a folder or a file, from the root. */
  readonly drop?: readonly string[];
}

/** Debian's static busybox with a link for each of its programs, or only for those named. */
export interface BusyboxSource {
  readonly kind: 'busybox';
  readonly programs?: readonly string[];
}

/** Who a container runs as. Its home directory belongs to it. */
export interface ImageUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** How a container of an image starts. */
export interface ImageConfig {
  readonly user: ImageUser;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: { readonly [name: string]: string };
  readonly workingDirectory?: string;
  /** `2181/tcp`, `8301/udp`. */
  readonly ports?: readonly string[];
  /** Folders that hold data: they belong to the user, and a runtime mounts something writable there. */
  readonly volumes?: readonly string[];
  /** More folders that the user may write to. */
  readonly folders?: readonly string[];
  readonly labels?: { readonly [name: string]: string };
  readonly stopSignal?: string;
}

/** What an image is made of: data, from which `buildImage` makes the same bytes every time. */
export interface ImageDefinition {
  /** The name that manifests use, with its tag. */
  readonly reference: string;
  readonly layers: readonly LayerSource[];
  readonly config: ImageConfig;
}

/** A blob in the cache: what a descriptor of an OCI manifest says, and where it lies. */
export interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly file: string;
}

/** A layer: its compressed blob, and the digest and size of the tar inside. */
export interface Layer extends Blob {
  readonly diffId: string;
  readonly unpackedSize: number;
}

/** An image that lies in the cache. */
export interface BuiltImage {
  readonly reference: string;
  /** The digest of the manifest: what a registry and `image@sha256:…` call the image. */
  readonly digest: string;
  /** An OCI layout in a tar, which `ctr images import`, `docker load`, `podman load` and `skopeo` read. */
  readonly archive: string;
  readonly manifest: Blob;
  readonly config: Blob;
  readonly layers: readonly Layer[];
}
