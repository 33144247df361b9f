"""The brand kit: takes the collection, gives one zip for offices: drawings, every size, how to use them, checksums."""

from __future__ import annotations

from collections.abc import Iterator

from pubhub.archives.writer import make_archive
from pubhub.brand.collection import Collection
from pubhub.brand.derive import FOLDER, Derived
from pubhub.content.vocabulary import Site
from pubhub.engine.vault import Vault
from pubhub.engine.version import digest

ROOT = "brand-kit"


class Kit:
    """The kit of one site, packed once."""

    def __init__(self, collection: Collection, site: Site, vault: Vault | None) -> None:
        self._collection, self._site, self._vault = collection, site, vault
        self._packed: bytes | None = None

    @property
    def key(self) -> bytes:
        """Of everything in it."""
        parts = [part for name, data in self._written() for part in (name, data)]
        parts += [part for one in self.files() for part in (one.path, one.key)]
        return digest("kit", *parts)

    @property
    def address(self) -> str:
        """assets/brand/brand-kit.1a2b3c4d5e.zip."""
        return f"{FOLDER}/{ROOT}.{self.key.hex()[:10]}.zip"

    def files(self) -> list[Derived]:
        """Derived files in it."""
        groups = {group.id for group in self._collection.recipe.groups if group.kit}
        return [one for one in self._collection.files if one.group in groups]

    def count(self) -> int:
        """Files in it, the checksums apart."""
        return len(self.files()) + sum(1 for _ in self._written())

    def data(self) -> bytes:
        """The zip."""
        if self._packed is None:
            derived = {one.path: self._collection.data(one, self._vault) for one in self.files()}
            self._packed = make_archive(ROOT, {**dict(self._written()), **derived})
        return self._packed

    def _written(self) -> Iterator[tuple[str, bytes]]:
        """Texts and masters."""
        yield "README.txt", self._readme().encode()
        yield "LICENSE.txt", licence(self._site).encode()
        for name, data in sorted(self._collection.masters.items()):
            yield f"svg/{name}.svg", data

    def _readme(self) -> str:
        groups = [group for group in self._collection.recipe.groups if group.kit]
        folders = "".join(f"{group.id + '/':<9} {group.name}。{group.note}\n" for group in groups)
        infos = self._collection.recipe.masters
        logos = "".join(f"  {info.name}：{info.title}。{info.use}\n" for info in infos if not info.pose)
        poses = "".join(f"  {info.name}：{info.title}。{info.use}\n" for info in infos if info.pose)
        return (
            f"{self._site.name} 品牌素材包\n{self._site.organisation} {self._site.team}\n\n"
            f"{STANDING}\n\n"
            "文件夹\n\n"
            "svg/      矢量母版。放大不失真，设计软件里可以直接打开。\n"
            f"{folders}\n"
            "文件名里的数字是宽度（像素）；a4、a3 是纸张；300dpi 的 PNG 直接放进文档就是印刷尺寸。\n\n"
            f"标志\n\n{logos}\n小卫士\n\n{poses}\n"
            "怎样用、不能怎样用，见 LICENSE.txt。\n"
            "SHA256SUMS 是每个文件的校验值，可用 sha256sum -c SHA256SUMS 核对\n"
            "（Windows 可用 certutil -hashfile 文件名 SHA256）。\n"
        )


STANDING = "标志和小卫士是随本平台绘制的示例设计。分行正式采用以前，不代表分行已有的标志和形象。"
"""What the drawings are, and are not."""


def licence(site: Site) -> str:
    """What may be done with the files."""
    return (
        f"{site.name} 品牌素材使用说明\n\n"
        f"{STANDING}\n\n"
        "可以\n\n"
        f"- {site.organisation}各部门、各网点用于消费者权益保护的宣传、教育、培训和活动。\n"
        "- 合作单位、媒体和公众在介绍这些活动、转载这些内容时，原样使用。\n"
        "- 按比例放大、缩小，选用包里已有的配色和姿势。\n\n"
        "不可以\n\n"
        "- 改颜色、拉长压扁、旋转、加特效、拆开重画，或者给小卫士换装、加道具。\n"
        "- 用来推销产品、承诺收益，或者表示某个产品、机构得到了认可。\n"
        "- 做成商品，或者登记为商标、账号头像，让人误以为是官方账号。\n"
        "- 让小卫士拿别人的损失开玩笑，或者出现在不实、不雅的内容里。\n\n"
        "不需要另外申请。拿不准的，请先问消费者权益保护团队。\n"
        "标志里的名称由思源黑体（Noto Sans CJK，SIL OFL 1.1 许可）转成轮廓，包里没有字体文件。\n"
    )
